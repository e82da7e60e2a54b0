package io.guanjia.sandbox.app;

import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.phone.PhoneLine;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * A phone with the company's app. What its customer writes is kept until the gateway has accepted
 * it, whatever happens to the network meanwhile. Safe for use by several threads.
 */
public final class AppPhone implements PhoneCustomer {

    private static final int FIRST_ID = 10_000_000;

    private final CompanyApp app;
    private final String id;
    private final String name;
    private final Instant since;
    private final Screen screen;
    private final Outbox outbox = new Outbox();
    private final Writing writing;
    private @Nullable Talk talk;
    private @Nullable String visitorToken;
    private boolean visitor;
    private volatile boolean aside;

    AppPhone(CompanyApp app, String id, String name) {
        this.app = app;
        this.id = id;
        this.name = name;
        this.since = app.now();
        this.screen = new Screen(app.chatKept());
        this.writing = new Writing(this, app, screen, outbox);
    }

    /** The same for the same name, also after a restart. */
    static String idOf(String name) {
        return "C" + (FIRST_ID + (name.hashCode() & 0x3FFFFFF));
    }

    /** The customer's id at the company's login. */
    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    /** When they first appeared. */
    Instant since() {
        return since;
    }

    @Override
    public List<PhoneLine> chat() {
        var chat = new ArrayList<>(screen.all());
        var present = talk();
        if (present != null && present.isTypedTo()) {
            chat.add(event("对方正在输入…"));
        }
        return List.copyOf(chat);
    }

    /** The words of what came from the company. */
    public List<String> reads() {
        return chat().stream()
                .filter(line -> !line.mine() && !line.kind().equals("event"))
                .map(PhoneLine::text)
                .toList();
    }

    /** Waits until {@code enough} accepts the screen. Blocks the caller: for tests. */
    public boolean awaitScreen(Predicate<List<PhoneLine>> enough, Duration timeout)
            throws InterruptedException {
        return screen.await(enough, timeout);
    }

    @Override
    public synchronized List<String> gestures() {
        if (talk == null) {
            return List.of("online");
        }
        return List.of(
                "image",
                "voice",
                "file",
                "location",
                "typing",
                aside ? "look" : "lay-aside",
                "cut",
                "offline",
                visitor ? "sign-in" : "sign-out");
    }

    @Override
    public CompletionStage<String> does(String gesture, Map<String, String> details) {
        return switch (gesture) {
            case "text" -> says(required(details, "text"));
            case "choose" -> writing.chooses(required(details, "id"));
            case "image" -> writing.sendsFile("image", Shots.picture(), "umbrella.png");
            case "voice" -> writing.sendsFile("voice", Shots.voice(), "voice.amr");
            case "file" -> writing.sendsFile("file", Shots.document(), "申请表.pdf");
            case "location" -> writing.sendsLocation(details.getOrDefault("name", "人民广场"));
            case "typing" -> done(connected().types());
            case "lay-aside" -> done(looks(false));
            case "look" -> done(looks(true));
            case "cut" -> done(connected().cut());
            case "offline" -> done(goesOffline());
            case "online" -> done(comesIn());
            case "sign-in" -> signsIn();
            case "sign-out" -> done(signsOut());
            default -> throw new IllegalArgumentException("a phone cannot " + gesture);
        };
    }

    // --- What the customer does ------------------------------------------------------------------

    /**
     * Writes, online or not. Completes with {@code accepted}, {@code refused: } and the gateway's
     * code, or {@code kept} where it waits for the network.
     */
    public CompletionStage<String> says(String words) {
        return writing.says(words);
    }

    /** Unlocks the phone and reads, or lays it aside: what comes is then received but not read. */
    private String looks(boolean now) {
        aside = !now;
        var present = talk();
        if (present != null) {
            present.confirms(now);
        }
        changed();
        return now ? "looking" : "aside";
    }

    private String goesOffline() {
        goesAway();
        happens("已离线，消息会走推送");
        return "offline";
    }

    /** Connects where it is not. */
    String comesIn() {
        synchronized (this) {
            if (talk != null) {
                return "online";
            }
            talk = new Talk(this, app, screen, outbox);
            talk.begins();
        }
        changed();
        return "online";
    }

    /** Closes the socket for good. */
    synchronized void goesAway() {
        if (talk != null) {
            talk.ends();
            talk = null;
        }
    }

    /** The next one at this phone is a visitor, and sees nothing of what was. */
    private String signsOut() {
        if (!outbox.isEmpty()) {
            throw new IllegalStateException("something waits to be sent");
        }
        synchronized (this) {
            goesAway();
            visitor = true;
            visitorToken = null;
        }
        screen.clear();
        happens("已退出登录，现在是访客");
        return comesIn();
    }

    /** The visitor turns out to be this customer; what is on the screen stays there. */
    private CompletionStage<String> signsIn() {
        var present = connected();
        if (!outbox.isEmpty()) {
            throw new IllegalStateException("something waits to be sent");
        }
        return present.token()
                .flatMap(token -> app.gateway().login(loginToken(), token))
                .toFuture()
                .thenApply(_ -> isCustomer());
    }

    private String isCustomer() {
        synchronized (this) {
            goesAway();
            visitor = false;
            visitorToken = null;
        }
        happens("已登录为 " + name);
        return comesIn();
    }

    // --- What the phone is asked -----------------------------------------------------------------

    /** By what the gateway is shown who this is. */
    Mono<String> token() {
        synchronized (this) {
            if (!visitor) {
                return Mono.fromSupplier(this::loginToken);
            }
            if (visitorToken != null) {
                return Mono.just(visitorToken);
            }
        }
        return app.gateway().visitor().map(this::remembers);
    }

    private String loginToken() {
        return app.login().token(id, name);
    }

    private synchronized String remembers(String token) {
        visitorToken = token;
        return token;
    }

    /** Asked under the lock of a talk, so not under ours. */
    boolean isLooking() {
        return !aside;
    }

    boolean isKnownAs(String party) {
        var present = talk();
        return id.equals(party) || (present != null && present.isKnownAs(party));
    }

    /** A push reaches the phone, which need not be connected. */
    void isPushed(String preview) {
        happens("推送通知：" + preview);
    }

    void happens(String words) {
        screen.happens(event(words));
        changed();
    }

    void changed() {
        app.publish("chat", id);
    }

    /** Null while the phone is offline. */
    synchronized @Nullable Talk talk() {
        return talk;
    }

    Talk connected() {
        var present = talk();
        if (present == null) {
            throw new IllegalStateException("the phone is offline");
        }
        return present;
    }

    private PhoneLine event(String words) {
        return new PhoneLine(app.now(), true, "event", words, null, List.of(), null);
    }

    private static CompletionStage<String> done(String outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private static String required(Map<String, String> details, String key) {
        var value = details.getOrDefault(key, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }
}
