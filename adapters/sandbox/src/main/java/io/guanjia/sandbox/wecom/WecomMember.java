package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.phone.PhoneLine;
import io.guanjia.weixin.protocol.XmlWriter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

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

    /** 企业微信开发者中心, 访问频率限制 (90312): more in a minute are dropped without a word. */
    private static final int MOST_A_MINUTE = 30;

    private final WecomAccount account;
    private final CorpEvents events;
    private final String userId;
    private final Screen screen;
    private final Deque<Instant> told = new ArrayDeque<>();

    WecomMember(WecomAccount account, String userId, int kept) {
        this.account = account;
        this.events = new CorpEvents(account);
        this.userId = userId;
        this.screen = new Screen(account, userId, kept);
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
                default -> toTheApplication(gesture, details);
            };
        }
    }

    // --- Said to the application
    // ------------------------------------------------------------------

    private CompletionStage<String> toTheApplication(String gesture, Map<String, String> details) {
        return switch (gesture) {
            case "text" -> {
                var words = details.getOrDefault("text", "").strip();
                if (words.isEmpty()) {
                    throw new IllegalArgumentException("text is missing");
                }
                screen.says(true, words, "发给应用");
                yield says("text", xml -> xml.cdata("Content", words));
            }
            case "image" -> file("image", Shots.picture(), "image/png", "photo.png");
            case "voice" -> file("voice", Shots.voice(), "audio/amr", "voice.amr");
            case "location" -> {
                screen.tells(true, "发送了位置");
                yield says(
                        "location",
                        xml ->
                                xml.plain("Location_X", "31.230416")
                                        .plain("Location_Y", "121.473701")
                                        .plain("Scale", 15)
                                        .cdata("Label", "上海市黄浦区人民广场"));
            }
            case "enter" -> {
                screen.tells(true, "进入应用");
                yield event("enter_agent", "");
            }
            case "menu" -> {
                var key = details.getOrDefault("key", "menu-1");
                screen.tells(true, "点击菜单 " + key);
                yield event("click", key);
            }
            default -> throw new IllegalArgumentException("no gesture " + gesture);
        };
    }

    private CompletionStage<String> file(String type, byte[] bytes, String mimeType, String file) {
        var kept = account.media().keep(type, mimeType, file, bytes);
        screen.show(
                new PhoneLine(
                        account.now(), true, type, "", account.fileAddress(kept), List.of(), null));
        return says(
                type,
                xml ->
                        type.equals("image")
                                ? xml.cdata("PicUrl", account.fileAddress(kept))
                                        .cdata("MediaId", kept.id())
                                : xml.cdata("MediaId", kept.id()).cdata("Format", "amr"));
    }

    private CompletionStage<String> says(String type, UnaryOperator<XmlWriter> fields) {
        return account.report(
                fields.apply(from(type))
                        .plain("MsgId", account.newMessageId())
                        .plain("AgentID", account.settings().endpoint().agentId())
                        .toXml());
    }

    private CompletionStage<String> event(String event, String key) {
        return account.report(
                from("event")
                        .cdata("Event", event)
                        .cdata("EventKey", key)
                        .plain("AgentID", account.settings().endpoint().agentId())
                        .toXml());
    }

    private XmlWriter from(String type) {
        return new XmlWriter()
                .cdata("ToUserName", account.settings().corpId())
                .cdata("FromUserName", userId)
                .plain("CreateTime", account.now().getEpochSecond())
                .cdata("MsgType", type);
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
            told.removeIf(at -> !now.isBefore(at.plus(Duration.ofMinutes(1))));
            if (told.size() < MOST_A_MINUTE) {
                told.add(now);
                screen.show(bubble.line(now, "应用消息"));
            }
        }
    }

    Screen screen() {
        return screen;
    }
}
