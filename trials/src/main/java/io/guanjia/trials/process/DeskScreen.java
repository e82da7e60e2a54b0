package io.guanjia.trials.process;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What somebody at the desk sees without asking: the socket of their session. Where it ends it is
 * opened again, as the page does: what is watched is watched again from where it was, and what was
 * shown is read anew.
 */
public final class DeskScreen implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final Duration AGAIN_AFTER = Duration.ofMillis(300);

    /** A node that dies may have said nothing for a moment before its sockets end. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(1);

    /** Threads that a person has open; the gateway takes fifty. */
    private static final int MOST_WATCHED = 20;

    private final DeskClient desk;
    private final Map<String, Long> known = new ConcurrentHashMap<>();
    private final Map<String, Long> watched = new ConcurrentHashMap<>();
    private final Queue<String> inOrder = new ConcurrentLinkedQueue<>();
    private final Set<String> words = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private final Queue<Gap> gaps = new ConcurrentLinkedQueue<>();
    private volatile @Nullable WebSocket socket;
    private volatile CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean open = true;

    /** When there was no socket. */
    private record Gap(Instant from, Instant to) {}

    private DeskScreen(DeskClient desk) {
        this.desk = desk;
    }

    /** Opens, and returns when it is open. */
    public static DeskScreen of(DeskClient desk) {
        var screen = new DeskScreen(desk);
        Thread.startVirtualThread(screen::keepOpen);
        Await.until(
                Duration.ofSeconds(20),
                () -> screen.opened.get() > 0,
                () -> "the desk's socket does not open");
        return screen;
    }

    private void keepOpen() {
        var lost = Instant.MAX;
        while (open) {
            var end = new CompletableFuture<Void>();
            ended = end;
            try {
                var fresh =
                        HTTP.newWebSocketBuilder()
                                .header("Origin", desk.origin())
                                .connectTimeout(Http.PATIENCE)
                                .buildAsync(desk.socket(), new Frames(end))
                                .join();
                socket = fresh;
                if (opened.getAndIncrement() > 0) {
                    gaps.add(new Gap(lost.minus(NOTICED_WITHIN), Instant.now()));
                }
                watched.forEach((conversation, revision) -> watch(fresh, conversation, revision));
                if (opened.get() > 1) {
                    readAnew();
                }
                end.join();
                lost = Instant.now();
            } catch (IOException | CompletionException e) {
                // Tried again, as the page does.
            }
            Await.pause(AGAIN_AFTER);
        }
    }

    /** What changed while there was no socket, nobody tells again. */
    private void readAnew() throws IOException {
        for (var conversation : known.keySet()) {
            var answer = desk.get("/api/v1/conversations/" + conversation);
            if (answer.statusCode() == 200) {
                show(JSON.readTree(answer.body()));
            }
        }
    }

    /** Shows a conversation's messages from now on, and no more those of the one longest shown. */
    public void watch(String conversation) {
        if (watched.putIfAbsent(conversation, 0L) == null) {
            inOrder.add(conversation);
        }
        var current = socket;
        while (watched.size() > MOST_WATCHED) {
            var oldest = inOrder.remove();
            watched.remove(oldest);
            if (current != null) {
                say(current, Map.of("type", "unwatch", "conversation", oldest));
            }
        }
        if (current != null) {
            watch(current, conversation, 0);
        }
    }

    private static void watch(WebSocket socket, String conversation, long revision) {
        say(socket, Map.of("type", "watch", "conversation", conversation, "revision", revision));
    }

    private static void say(WebSocket socket, Map<String, ?> frame) {
        synchronized (socket) {
            try {
                socket.sendText(JSON.writeValueAsString(frame), true).join();
            } catch (CompletionException | IllegalStateException e) {
                // It has ended, and the next one asks for it.
            }
        }
    }

    /** How often it had to be opened. */
    public int opened() {
        return opened.get();
    }

    /** Whether there was no socket from one moment to another. */
    public boolean wasAway(Instant from, Instant to) {
        return gaps.stream().anyMatch(gap -> gap.from.isBefore(from) && gap.to.isAfter(to));
    }

    /** The latest revision of a conversation that was shown; 0 for none. */
    public long revision(String conversation) {
        return known.getOrDefault(conversation, 0L);
    }

    /** Whether a message with these words was shown. */
    public boolean shows(String text) {
        return words.contains(text);
    }

    private void hear(JsonNode frame) {
        switch (frame.path("type").asString("")) {
            case "conversation" -> show(frame.path("conversation"));
            case "messages" -> {
                frame.path("items")
                        .forEach(item -> words.add(item.at("/content/body").asString("")));
                watched.computeIfPresent(
                        frame.path("conversation").asString(),
                        (_, before) -> Math.max(before, frame.path("revision").asLong()));
            }
            default -> {}
        }
    }

    private void show(JsonNode conversation) {
        known.merge(
                conversation.path("id").asString(),
                conversation.path("revision").asLong(),
                Math::max);
    }

    @Override
    public void close() {
        open = false;
        var current = socket;
        if (current != null) {
            current.abort();
        }
        ended.complete(null);
    }

    private final class Frames implements WebSocket.Listener {

        private final CompletableFuture<Void> ended;
        private final StringBuilder part = new StringBuilder();

        Frames(CompletableFuture<Void> ended) {
            this.ended = ended;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                hear(JSON.readTree(part.toString()));
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            ended.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended.complete(null);
        }
    }
}
