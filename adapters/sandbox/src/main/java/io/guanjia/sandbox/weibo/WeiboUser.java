package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.history.History;
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.phone.PhoneLine;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Someone with the Weibo app, as seen by one account. Safe for use by several threads. */
public final class WeiboUser implements PhoneCustomer {

    private static final long FIRST_UID = 6_000_000_000L;

    private static final List<String> STRANGERS =
            List.of("follow", "subscribe", "image", "voice", "location", "mention", "scan");
    private static final List<String> FOLLOWERS =
            List.of("image", "voice", "location", "mention", "menu", "scan", "unfollow");

    private final WeiboAccount account;
    private final String name;
    private final String uid;
    private final Instant since;
    private final History<PhoneLine> chat;
    private final ReplyWindow window = new ReplyWindow();
    private boolean following;

    WeiboUser(WeiboAccount account, String name, String uid, int chatKept) {
        this.account = account;
        this.name = name;
        this.uid = uid;
        this.since = account.now();
        this.chat = new History<>(chatKept);
    }

    /** The same for the same name, also after a restart. */
    static String uidOf(String name) {
        return Long.toString(FIRST_UID + (name.hashCode() & 0x3FFFFFFF));
    }

    /** The uid. */
    @Override
    public String id() {
        return uid;
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
        return chat.all();
    }

    /** The words of what came from the account. */
    public List<String> reads() {
        return received(chat()).stream().map(PhoneLine::text).toList();
    }

    /**
     * Waits until at least {@code count} things have come from the account. Blocks: for tests.
     *
     * @throws AssertionError when they do not within ten seconds
     */
    public List<PhoneLine> awaitReceived(int count) {
        try {
            if (!chat.await(all -> received(all).size() >= count, Duration.ofSeconds(10))) {
                throw new AssertionError(name + " reads " + reads());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return received(chat());
    }

    private static List<PhoneLine> received(List<PhoneLine> lines) {
        return lines.stream().filter(line -> !line.mine()).toList();
    }

    public synchronized boolean following() {
        return following;
    }

    @Override
    public List<String> gestures() {
        return following() ? FOLLOWERS : STRANGERS;
    }

    @Override
    public CompletableFuture<String> does(String gesture, Map<String, String> details) {
        return starts(deed(gesture, details)).thenApply(CallbackOutcome::word);
    }

    private Deed deed(String gesture, Map<String, String> details) {
        return switch (gesture) {
            case "text" -> Deed.text(words(details));
            case "image" -> Deed.image(account.files().picture());
            case "voice" -> Deed.voice(account.files().voice());
            case "location", "position" ->
                    Deed.position(
                            details.getOrDefault("latitude", "31.230416"),
                            details.getOrDefault("longitude", "121.473701"),
                            details.getOrDefault("text", "我在这里"));
            case "mention" ->
                    Deed.mention(
                            details.getOrDefault("subtype", "status"),
                            details.getOrDefault("key", "5" + account.now().toEpochMilli()),
                            details.getOrDefault("text", account.title() + " 你们的客服呢"));
            case "follow" -> Deed.follow();
            case "unfollow" -> Deed.unfollow();
            case "subscribe" -> Deed.subscribe(details.get("text"));
            case "unsubscribe" -> Deed.unsubscribe();
            case "scan" -> Deed.scan(details.getOrDefault("scene", "counter-1"), following());
            case "menu" -> Deed.click(details.getOrDefault("key", "HUMAN"));
            case "view" -> Deed.view(details.getOrDefault("url", "https://example.com/"));
            default -> throw new IllegalArgumentException("no such gesture: " + gesture);
        };
    }

    private static String words(Map<String, String> details) {
        var words = details.getOrDefault("text", "");
        if (words.isBlank()) {
            throw new IllegalArgumentException("text is missing");
        }
        return words;
    }

    /**
     * Says or does anything. The callback is on its way when this returns; the future completes
     * with its end.
     *
     * @throws IllegalArgumentException when it cannot be done now: follow twice, leave twice
     */
    public CompletableFuture<CallbackOutcome> starts(Deed deed) {
        apply(deed);
        var ended = new CompletableFuture<CallbackOutcome>();
        account.reporting()
                .report(this, deed)
                .subscribe(ended::complete, ended::completeExceptionally);
        return ended;
    }

    private void apply(Deed deed) {
        synchronized (this) {
            switch (deed.summary()) {
                case "event follow", "event scan_follow" -> {
                    require(!following, "follows already");
                    following = true;
                }
                case "event unfollow" -> {
                    require(following, "does not follow");
                    following = false;
                    window.close();
                }
                default -> {}
            }
            window.open(deed.opening(), account.now());
        }
        var line = bubble(deed).line(account.now(), true, null);
        chat.add(number -> line);
        account.publish("chat", uid);
    }

    private static void require(boolean possible, String otherwise) {
        if (!possible) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private Bubble bubble(Deed deed) {
        return switch (deed.type()) {
            case "image" ->
                    new Bubble(
                            "image",
                            deed.text(),
                            "/weibo/files/"
                                    + account.name()
                                    + "/"
                                    + deed.data().path("tovfid").asString());
            case "voice" -> new Bubble("voice", deed.text(), null);
            case "position" -> new Bubble("location", deed.text(), null);
            case "event" -> new Bubble("event", deed.text(), null);
            default -> Bubble.text(deed.text());
        };
    }

    /**
     * Whether the account may send something now; counts it, if so.
     *
     * @return why not, null where it may
     */
    synchronized @Nullable WeiboError take() {
        if (window.take(account.now())) {
            return null;
        }
        return following ? WeiboError.NO_QUOTA : WeiboError.NOT_A_FOLLOWER;
    }

    void receive(List<Bubble> bubbles, String how) {
        for (var bubble : bubbles) {
            var line = bubble.line(account.now(), false, how);
            chat.add(number -> line);
        }
        account.publish("chat", uid);
    }
}
