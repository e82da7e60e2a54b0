package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.phone.PhoneLine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A member of the corporation, who writes to the application, has customers and groups, and is
 * asked to confirm what the corporation wants sent to them. Safe for use by several threads.
 */
public final class WecomMember implements PhoneCustomer {

    /** Begins the option by which a task is confirmed. */
    static final String SEND = "send:";

    private static final List<String> GESTURES =
            List.of(
                    "send",
                    "image",
                    "voice",
                    "location",
                    "enter",
                    "menu",
                    "remark",
                    "delete",
                    "transfer-fail",
                    "tag",
                    "group",
                    "rename",
                    "notice",
                    "owner",
                    "dismiss");

    /** 企业微信开发者中心, 访问频率限制 (90312): more are dropped without a word. */
    private static final int MOST_A_MINUTE = 30;

    private static final int MOST_AN_HOUR = 1000;

    private final WecomAccount account;
    private final CorpEvents events;
    private final String userId;
    private final Screen screen;
    private final MemberMessages messages;
    private final Deque<Instant> told = new ArrayDeque<>();

    WecomMember(WecomAccount account, String userId, int kept) {
        this.account = account;
        this.events = new CorpEvents(account);
        this.userId = userId;
        this.screen = new Screen(account, userId, kept);
        this.messages = new MemberMessages(account, userId, screen);
    }

    @Override
    public String id() {
        return userId;
    }

    @Override
    public String name() {
        return "成员 " + userId;
    }

    @Override
    public List<PhoneLine> chat() {
        return screen.all();
    }

    @Override
    public List<String> gestures() {
        return GESTURES;
    }

    /** What came from the application and from customers, as words. */
    public List<String> reads() {
        return screen.read();
    }

    @Override
    public CompletionStage<String> does(String gesture, Map<String, String> details) {
        synchronized (account) {
            return switch (gesture) {
                case "send" -> confirm();
                case "choose" -> confirm(details.getOrDefault("id", ""));
                case "remark" -> remark(details.getOrDefault("text", "重要客户"));
                case "delete" -> delete();
                case "transfer-fail" -> transferFail();
                case "tag" -> tag(details.getOrDefault("change", "create"));
                case "group" -> group(details.getOrDefault("name", "小管家理财群"));
                case "rename" -> rename(details.getOrDefault("name", "小管家贵宾群"));
                case "notice" -> notice(details.getOrDefault("text", "群内禁止广告"));
                case "owner" -> handOver();
                case "dismiss" -> dismiss();
                default -> messages.send(gesture, details);
            };
        }
    }

    // --- Done to customers and groups
    // -------------------------------------------------------------

    private WecomCustomer customer() {
        return account.customersOf(this).reversed().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no customer yet"));
    }

    private WecomGroup ownGroup() {
        return account.groups().reversed().stream()
                .filter(one -> one.owner().equals(this))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no group yet"));
    }

    private CompletionStage<String> remark(String words) {
        var customer = customer();
        customer.remarked(this, words);
        screen.tells(true, "把 " + customer.name() + " 备注为“" + words + "”");
        return account.report(events.changed("edit_external_contact", new Contact(customer, this)));
    }

    private CompletionStage<String> delete() {
        var customer = customer();
        customer.deletedBy(this);
        screen.tells(true, "删除了客户 " + customer.name());
        return account.report(events.changed("del_external_contact", new Contact(customer, this)));
    }

    private CompletionStage<String> transferFail() {
        var customer = customer();
        screen.tells(false, customer.name() + " 拒绝了转接");
        return account.report(
                events.transferFailed(new Contact(customer, this), "customer_refused"));
    }

    private CompletionStage<String> tag(String change) {
        screen.tells(true, "企业标签：" + change);
        return account.report(
                events.tag(change, "et" + UUID.randomUUID().toString().replace("-", "")));
    }

    private CompletionStage<String> group(String name) {
        var group = account.found(name, this);
        screen.tells(true, "创建了群聊“" + name + "”");
        return account.report(events.group("create", group));
    }

    private CompletionStage<String> rename(String name) {
        var group = ownGroup();
        group.rename(name);
        screen.tells(true, "群聊改名为“" + name + "”");
        return account.report(events.groupChanged(group, "change_name"));
    }

    private CompletionStage<String> notice(String words) {
        var group = ownGroup();
        group.announce(words);
        screen.tells(true, "发布了群公告");
        return account.report(events.groupChanged(group, "change_notice"));
    }

    private CompletionStage<String> handOver() {
        var group = ownGroup();
        var next =
                account.members().stream()
                        .filter(one -> !one.equals(this))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no other member"));
        group.handTo(next);
        screen.tells(true, "把群主转给了 " + next.id());
        return account.report(events.groupChanged(group, "change_owner"));
    }

    private CompletionStage<String> dismiss() {
        var group = ownGroup();
        account.dissolve(group);
        screen.tells(true, "解散了群聊“" + group.name() + "”");
        return account.report(events.group("dismiss", group));
    }

    // --- Tasks
    // ------------------------------------------------------------------------------------

    /** Taps 发送 for whatever waits. */
    private CompletionStage<String> confirm() {
        account.sends().waitingFor(this).forEach(one -> one.confirm(this));
        return CompletableFuture.completedFuture("sent");
    }

    private CompletionStage<String> confirm(String option) {
        account.sends().waitingFor(this).stream()
                .filter(one -> option.equals(SEND + one.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is nothing to send"))
                .confirm(this);
        return CompletableFuture.completedFuture("sent");
    }

    /** Shows a task, or reminds of one. */
    void isAsked(MassSend send, String words) {
        screen.show(
                new PhoneLine(
                        account.now(),
                        false,
                        "menu",
                        words,
                        null,
                        List.of(new PhoneLine.Option(SEND + send.id(), "发送")),
                        "企业通知"));
    }

    /** Shows what the application says, unless it says too much. */
    void hears(Bubble bubble) {
        synchronized (account) {
            var now = account.now();
            told.removeIf(at -> !now.isBefore(at.plus(Duration.ofHours(1))));
            var aMinuteAgo = now.minus(Duration.ofMinutes(1));
            if (told.size() < MOST_AN_HOUR
                    && told.stream().filter(aMinuteAgo::isBefore).count() < MOST_A_MINUTE) {
                told.add(now);
                screen.show(bubble.line(now, "应用消息"));
            }
        }
    }

    Screen screen() {
        return screen;
    }
}
