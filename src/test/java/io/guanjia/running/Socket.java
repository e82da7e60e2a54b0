package io.guanjia.running;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A client of one of our sockets that keeps all it hears. */
public final class Socket implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private volatile @Nullable Integer closedWith;
    private @Nullable WebSocket socket;

    private Socket() {}

    /**
     * Fails with a {@code CompletionException} when the handshake is refused.
     *
     * @param origin null for none
     */
    public static Socket open(URI base, String ticket, @Nullable String origin) {
        return open(
                URI.create("ws://" + base.getAuthority() + "/api/v1/desk/socket?ticket=" + ticket),
                origin,
                List.of());
    }

    /**
     * The socket of an app or a page, which proves who it is by a protocol that it offers.
     *
     * @param query behind {@code account=web}, such as {@code &after=3}
     */
    public static Socket ofApp(URI base, String token, String query, @Nullable String origin) {
        return open(
                URI.create("ws://" + base.getAuthority() + "/app/v1/socket?account=web" + query),
                origin,
                List.of("guanjia.v1", "bearer." + token));
    }

    private static Socket open(URI address, @Nullable String origin, List<String> protocols) {
        var listener = new Socket();
        var builder = HTTP.newWebSocketBuilder();
        if (origin != null) {
            builder.header("Origin", origin);
        }
        if (!protocols.isEmpty()) {
            builder.subprotocols(
                    protocols.getFirst(), protocols.stream().skip(1).toArray(String[]::new));
        }
        listener.socket = builder.buildAsync(address, listener).join();
        return listener;
    }

    /** Anything at all, and whatever comes of it. */
    public void shout(String text) {
        socket().sendText(text, true);
    }

    public void say(Map<String, ?> frame) {
        socket().sendText(JSON.writeValueAsString(frame), true).join();
    }

    public void watch(String conversation, long revision) {
        say(Map.of("type", "watch", "conversation", conversation, "revision", revision));
    }

    /** Everything so far, in the order it came. */
    public List<JsonNode> frames(String type) {
        return frames.stream().filter(frame -> type.equals(type(frame))).toList();
    }

    /** The first such frame, once it is there. */
    public JsonNode await(String type, Predicate<JsonNode> wanted) {
        return Awaited.of(() -> frames(type).stream().filter(wanted).findFirst(), PATIENCE, this);
    }

    public JsonNode await(String type) {
        return await(type, frame -> true);
    }

    public boolean isClosed() {
        return closedWith != null;
    }

    public int awaitClose(Duration within) {
        Awaitility.await().atMost(within).until(() -> closedWith != null);
        return closedWith == null ? -1 : closedWith;
    }

    public void cut() {
        socket().abort();
    }

    private static String type(JsonNode frame) {
        return frame.path("type").asString("");
    }

    private WebSocket socket() {
        return java.util.Objects.requireNonNull(socket);
    }

    @Override
    public String toString() {
        return (closedWith == null ? "open: " : "closed with " + closedWith + ": ") + frames;
    }

    @Override
    public @Nullable CompletionStage<?> onText(
            WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            frames.add(JSON.readTree(part.toString()));
            part.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
        closedWith = status;
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closedWith = 1006;
    }

    @Override
    public void close() {
        socket().abort();
    }
}
