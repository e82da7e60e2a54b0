package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.fault.Faults;
import io.guanjia.sandbox.phone.PhoneAccount;
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.phone.PhoneLine;
import io.guanjia.sandbox.wechat.message.Action;
import io.guanjia.sandbox.wechat.message.Bubble;
import io.guanjia.sandbox.wechat.message.Event;
import io.guanjia.sandbox.wechat.message.Message;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** An account beside the phones of other platforms. An official account's own page can do more. */
public record WechatPhone(WechatAccount account) implements PhoneAccount {

    @Override
    public String name() {
        return account.name();
    }

    @Override
    public Faults faults() {
        return account.faults();
    }

    @Override
    public String title() {
        return account.name();
    }

    @Override
    public List<? extends PhoneCustomer> customers() {
        return account.customers().stream()
                .sorted(Comparator.comparing(Customer::since))
                .map(this::owner)
                .toList();
    }

    @Override
    public PhoneCustomer meet(String name) {
        return owner(account.customer(name));
    }

    @Override
    public Optional<? extends PhoneCustomer> find(String id) {
        return Optional.ofNullable(account.withOpenId(id)).map(this::owner);
    }

    private Owner owner(Customer customer) {
        return new Owner(account, customer);
    }

    /** Whoever holds the phone. */
    private record Owner(WechatAccount account, Customer customer) implements PhoneCustomer {

        private static final List<String> STRANGERS = List.of("follow");
        private static final List<String> FOLLOWERS =
                List.of("image", "location", "scan", "unfollow");
        private static final List<String> VISITORS = List.of("enter", "image", "card", "subscribe");

        @Override
        public String id() {
            return customer.openId();
        }

        @Override
        public String name() {
            return customer.name();
        }

        @Override
        public List<PhoneLine> chat() {
            return customer.chat().all().stream().map(this::line).toList();
        }

        @Override
        public List<String> gestures() {
            return switch (account.product()) {
                case OFFICIAL_ACCOUNT -> customer.following() ? FOLLOWERS : STRANGERS;
                case MINI_PROGRAM -> VISITORS;
            };
        }

        @Override
        public CompletionStage<String> does(String gesture, Map<String, String> details) {
            return customer.starts(action(gesture, details))
                    .thenApply(outcome -> outcome.acknowledged() ? "acknowledged" : "missed");
        }

        private Action action(String gesture, Map<String, String> details) {
            return switch (gesture) {
                case "text" -> new Message.Text(details.getOrDefault("text", ""));
                case "choose" -> chosen(details.getOrDefault("id", ""));
                case "follow" -> new Event.Subscribe(null);
                case "unfollow" -> new Event.Unsubscribe();
                case "scan" -> new Event.Scan(details.getOrDefault("scene", "counter-1"));
                case "location" -> new Message.Location(31.23, 121.47, 16, "人民广场");
                case "enter" -> new Event.Enter(details.getOrDefault("from", "goods-8"));
                case "image" -> new Message.Image(SamplePicture.keptBy(account));
                case "card" ->
                        new Message.MiniProgramPage(
                                details.getOrDefault("title", "蓝色雨伞"),
                                account.settings().appId(),
                                details.getOrDefault("path", "pages/goods?id=8"),
                                SamplePicture.keptBy(account));
                case "subscribe" ->
                        new Event.AnswerSubscription(
                                details.getOrDefault("template", "order-sent"), true);
                default -> throw new IllegalArgumentException("no such gesture: " + gesture);
            };
        }

        private Message.MenuChoice chosen(String id) {
            return customer.chat().all().stream()
                    .map(Seen::bubble)
                    .filter(Bubble.Menu.class::isInstance)
                    .flatMap(menu -> ((Bubble.Menu) menu).choices().stream())
                    .filter(choice -> choice.id().equals(id))
                    .findFirst()
                    .map(choice -> new Message.MenuChoice(choice.id(), choice.content()))
                    .orElseThrow(
                            () -> new IllegalArgumentException("nothing to choose by that id"));
        }

        private PhoneLine line(Seen seen) {
            var mine = seen.via() == Via.CUSTOMER;
            var how =
                    switch (seen.via()) {
                        case CUSTOMER, PLATFORM -> null;
                        case PASSIVE -> "passive";
                        case SERVICE -> "service";
                        case TEMPLATE -> "template";
                        case SUBSCRIPTION -> "subscription";
                    };
            return switch (seen.bubble()) {
                case Bubble.Text text ->
                        new PhoneLine(
                                seen.at(), mine, "text", text.content(), null, List.of(), how);
                case Bubble.Menu menu ->
                        new PhoneLine(
                                seen.at(),
                                mine,
                                "menu",
                                menu.head(),
                                null,
                                menu.choices().stream()
                                        .map(one -> new PhoneLine.Option(one.id(), one.content()))
                                        .toList(),
                                how);
                case Bubble.Image image ->
                        new PhoneLine(
                                seen.at(),
                                mine,
                                "image",
                                "",
                                "/" + account.product().channel() + "/mmbiz/" + image.mediaId(),
                                List.of(),
                                how);
                case Bubble.Link link ->
                        new PhoneLine(
                                seen.at(), mine, "card", link.title(), link.url(), List.of(), how);
                case Bubble.News news ->
                        new PhoneLine(
                                seen.at(),
                                mine,
                                "card",
                                news.words(),
                                news.articles().isEmpty() ? null : news.articles().getFirst().url(),
                                List.of(),
                                how);
                case Bubble.Location place ->
                        new PhoneLine(
                                seen.at(), mine, "location", place.label(), null, List.of(), how);
                case Bubble.Template template ->
                        new PhoneLine(
                                seen.at(),
                                mine,
                                "card",
                                template.title()
                                        + template.lines().stream()
                                                .map(
                                                        line ->
                                                                "\n"
                                                                        + line.label()
                                                                        + "："
                                                                        + line.value())
                                                .collect(Collectors.joining()),
                                template.url(),
                                List.of(),
                                how);
                case Bubble.MiniProgram card ->
                        new PhoneLine(seen.at(), mine, "card", card.title(), null, List.of(), how);
                case Bubble.Notice notice ->
                        new PhoneLine(
                                seen.at(), mine, "event", notice.content(), null, List.of(), null);
                case Bubble.Deed deed ->
                        new PhoneLine(
                                seen.at(),
                                true,
                                "event",
                                Objects.requireNonNullElse(deed.detail(), "").isEmpty()
                                        ? deed.event()
                                        : deed.event() + " " + deed.detail(),
                                null,
                                List.of(),
                                null);
                case Bubble.Voice _ -> file(seen, mine, "voice", how);
                case Bubble.Video _ -> file(seen, mine, "video", how);
                case Bubble.Music _, Bubble.Reference _ -> file(seen, mine, "file", how);
            };
        }

        private static PhoneLine file(Seen seen, boolean mine, String kind, @Nullable String how) {
            return new PhoneLine(seen.at(), mine, kind, "", null, List.of(), how);
        }
    }
}
