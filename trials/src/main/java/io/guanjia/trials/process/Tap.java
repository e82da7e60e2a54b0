package io.guanjia.trials.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Shuffler;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a platform and the nodes: passes its callbacks on, to either node in turn, keeps
 * them, and brings them again when it is told to.
 */
public final class Tap implements AutoCloseable {

    private static final int UNREACHABLE = 502;

    private final List<URI> nodes;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final Shuffler shuffler = new Shuffler(1);
    private volatile int times = 1;
    private volatile Effect.@Nullable Reorder disorder;

    public Tap(List<URI> nodes) {
        this.nodes = List.copyOf(nodes);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    /** A callback as it came. */
    public record Kept(String uri, String contentType, byte[] body) {}

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How often each callback is brought from now on, to the nodes in turn, all at once. */
    public void times(int each) {
        times = each;
    }

    /**
     * Callbacks are held back until {@code count} have come together, then passed on in another
     * order.
     *
     * @param patience the longest that one is held back
     */
    public void disorder(int count, Duration patience) {
        disorder = new Effect.Reorder(count, patience);
    }

    /** Callbacks are passed on as they come. */
    public void order() {
        disorder = null;
    }

    /** All that came, in its order. */
    public List<Kept> kept() {
        return List.copyOf(kept);
    }

    private void pass(HttpExchange exchange) throws IOException {
        var type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"));
        var callback =
                new Kept(
                        exchange.getRequestURI().toString(),
                        type.orElse("text/xml"),
                        exchange.getRequestBody().readAllBytes());
        if (exchange.getRequestMethod().equals("POST")) {
            kept.add(callback);
        }
        var rule = disorder;
        if (rule != null) {
            shuffler.turn(rule).block();
        }
        var first = turn.getAndIncrement();
        for (int i = 1; i < times; i++) {
            var node = nodes.get(Math.floorMod(first + i, nodes.size()));
            threads.submit(() -> bring(callback, node));
        }
        var answer = bring(callback, nodes.get(Math.floorMod(first, nodes.size())));
        var body = answer == null ? new byte[0] : answer.body();
        exchange.sendResponseHeaders(
                answer == null ? UNREACHABLE : answer.statusCode(),
                body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Brings a callback to a node; null where there was no answer. */
    public static @Nullable HttpResponse<byte[]> bring(Kept callback, URI node) {
        try {
            return Http.sendBytes(
                    HttpRequest.newBuilder(URI.create(node + callback.uri()))
                            .header("Content-Type", callback.contentType())
                            .POST(BodyPublishers.ofByteArray(callback.body())));
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
