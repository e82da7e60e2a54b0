package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.phone.PhoneLine;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/** A WeChat user who chats with a 客服账号. Safe for use by several threads. */
public final class KfCustomer implements PhoneCustomer {

    private static final List<String> GESTURES =
            List.of(
                    "enter",
                    "image",
                    "voice",
                    "file",
                    "location",
                    "recall",
                    "reject",
                    "person",
                    "end");

    private final KfAccount account;
    private final String id;
    private final String name;
    private final History<PhoneLine> chat;
    private final KfItems items;
    private final Session session = new Session();
    private @Nullable String latest;
    private boolean rejecting;

    KfCustomer(KfAccount account, String id, String name, int kept) {
        this.account = account;
        this.id = id;
        this.name = name;
        this.chat = new History<>(kept);
        this.items = new KfItems(account, id);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<PhoneLine> chat() {
        return chat.all();
    }

    @Override
    public List<String> gestures() {
        return GESTURES;
    }

    /** What came from the corporation, as words. */
    public List<String> reads() {
        return chat.all().stream().filter(line -> !line.mine()).map(PhoneLine::text).toList();
    }

    /** Writes something. */
    public CompletionStage<String> says(String words) {
        return does("text", Map.of("text", words));
    }

    /** How many more messages the corporation may send. */
    public synchronized int left() {
        return session.left(account.now());
    }

    public synchronized int state() {
        return session.state();
    }

    @Override
    public CompletionStage<String> does(String gesture, Map<String, String> details) {
        Function<String, String> detail = key -> details.getOrDefault(key, "").strip();
        return switch (gesture) {
            case "text" -> text(required(detail.apply("text"), "text"));
            case "choose" -> choose(required(detail.apply("id"), "id"));
            case "enter" -> enter(or(detail.apply("scene"), "website"));
            case "image" -> file("image", Shots.picture(), "image/png", "photo.png");
            case "voice" -> file("voice", Shots.voice(), "audio/amr", "voice.amr");
            case "file" -> file("file", Shots.document(), "application/pdf", "申请表.pdf");
            case "location" -> location(or(detail.apply("name"), "人民广场"));
            case "recall" -> recall();
            case "reject" -> reject();
            case "person" -> person(or(detail.apply("text"), "您好，我是客服小李"));
            case "end" -> end();
            default -> throw new IllegalArgumentException("no gesture " + gesture);
        };
    }

    // --- What the customer does
    // -------------------------------------------------------------------

    private CompletionStage<String> text(String words) {
        return writes(
                "text",
                Json.object().put("content", words),
                line -> PhoneLine.text(line, true, words));
    }

    private CompletionStage<String> choose(String option) {
        var label =
                chat.all().reversed().stream()
                        .flatMap(line -> line.options().stream())
                        .filter(one -> one.id().equals(option))
                        .map(PhoneLine.Option::label)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no option " + option));
        return writes(
                "text",
                Json.object().put("content", label).put("menu_id", option),
                at -> PhoneLine.text(at, true, label));
    }

    private CompletionStage<String> file(String type, byte[] bytes, String mimeType, String file) {
        var kept = account.media().keep(type, mimeType, file, bytes);
        return writes(
                type,
                Json.object().put("media_id", kept.id()),
                at ->
                        line(
                                at,
                                true,
                                type,
                                type.equals("file") ? file : "",
                                account.fileAddress(kept),
                                null));
    }

    private CompletionStage<String> location(String place) {
        return writes(
                "location",
                Json.object()
                        .put("latitude", 31.230416)
                        .put("longitude", 121.473701)
                        .put("name", place)
                        .put("address", "上海市黄浦区" + place),
                at -> line(at, true, "location", place, null, null));
    }

    private synchronized CompletionStage<String> writes(
            String type, ObjectNode said, Function<Instant, PhoneLine> line) {
        var now = account.now();
        session.written(now);
        var item = items.said(type, said);
        latest = item.path("msgid").asString();
        show(line.apply(now));
        return account.report(item);
    }

    private synchronized CompletionStage<String> enter(String scene) {
        var now = account.now();
        var welcome =
                session.mayBeGreeted(now) ? account.codes().issue(new Occasion(this, null)) : "";
        show(line(now, true, "event", "进入会话", null, null));
        return account.report(items.entered(scene, welcome));
    }

    private synchronized CompletionStage<String> recall() {
        if (latest == null) {
            throw new IllegalArgumentException("there is nothing to recall");
        }
        show(line(account.now(), true, "event", "撤回了一条消息", null, null));
        return account.report(items.recalled(latest));
    }

    /** Turns messages away from now on, or takes them again. */
    private synchronized CompletionStage<String> reject() {
        rejecting = !rejecting;
        show(line(account.now(), true, "event", rejecting ? "拒收消息" : "恢复接收", null, null));
        return CompletableFuture.completedFuture(rejecting ? "rejecting" : "receiving");
    }

    // --- What members of the corporation do
    // -------------------------------------------------------

    /** Somebody serves the customer from within 企业微信. */
    private synchronized CompletionStage<String> person(String words) {
        if (session.state() == Session.OVER) {
            throw new IllegalArgumentException("there is no session");
        }
        var item = items.saidBy(Session.SERVICER, words);
        if (session.state() != Session.BY_PERSON) {
            session.change(Session.BY_PERSON, Session.SERVICER);
            account.keep(items.taken(Session.SERVICER, code()));
        }
        show(line(account.now(), false, "text", words, null, "人工接待"));
        return account.report(item);
    }

    private synchronized CompletionStage<String> end() {
        var by = session.servicer();
        session.change(Session.OVER, "");
        show(line(account.now(), false, "event", "会话已结束", null, null));
        return account.report(items.ended(by, code()));
    }

    // --- What the server does
    // ---------------------------------------------------------------------

    /** Takes a message of the corporation's and counts it. */
    synchronized void receive(Outgoing message, boolean shown) {
        session.take(account.now());
        if (rejecting) {
            account.report(items.rejected(message.msgid()));
        } else if (shown) {
            show(message.line(account.now(), "剩余 " + session.left(account.now()) + " 条"));
        }
    }

    /**
     * Takes a message that answers an event.
     *
     * @param in the state that the message is for, null for any. That it is refused as any other is
     *     in the wrong state is our guess
     */
    synchronized void greet(Outgoing message, boolean shown, @Nullable Integer in) {
        if (in != null && in != session.state()) {
            throw new CorpRefusal(CorpError.WRONG_STATE);
        }
        session.greeted(account.now());
        if (shown) {
            show(message.line(account.now(), "事件响应消息"));
        }
    }

    synchronized String servicer() {
        return session.servicer();
    }

    /**
     * A code for what the session has come to, good while it is that. Source: 企业微信开发者中心,
     * 发送欢迎语等事件响应消息 (95122).
     */
    synchronized String code() {
        var state = session.state();
        return account.codes()
                .issue(
                        new Occasion(this, state),
                        state == Session.OVER ? EventCodes.LIFE : Session.WINDOW);
    }

    synchronized void transfer(int state, String servicer) {
        session.change(state, servicer);
    }

    private void show(PhoneLine line) {
        chat.add(number -> line);
        account.changed("chat", id);
    }

    static PhoneLine line(
            Instant at,
            boolean mine,
            String kind,
            String text,
            @Nullable String url,
            @Nullable String note) {
        return new PhoneLine(at, mine, kind, text, url, List.of(), note);
    }

    private static String or(String given, String otherwise) {
        return Stream.of(given, otherwise)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static String required(String given, String key) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return given;
    }
}
