package io.guanjia.trials.process;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.timeout.TimeoutException;

import org.reactivestreams.Publisher;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The load balancer in front of the nodes, which does with callbacks what that of {@code docker/}
 * does.
 *
 * <p>A customer, whose openid stands in the address, stays with one node while that is up: each
 * node has a spool of its own, so during an outage of the journal only that keeps their messages in
 * order. A node that cannot be connected to, breaks off, or answers 502 or 503 is passed over, so
 * both may have had the same callback; one that is slow is waited for. Where no node answers, that
 * is 502.
 */
public final class Balancer implements AutoCloseable {

    private static final Pattern OPENID = Pattern.compile("[?&]openid=([^&]*)");

    /** {@code proxy_next_upstream_timeout}: from when on nobody else is asked. */
    private static final Duration ASKS_ANOTHER_WITHIN = Duration.ofSeconds(4);

    /** {@code proxy_read_timeout}. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final List<URI> nodes;
    private final ConnectionProvider connections =
            ConnectionProvider.builder("balancer")
                    .maxConnections(2_000)
                    .pendingAcquireMaxCount(-1)
                    .maxIdleTime(Duration.ofSeconds(5))
                    .build();
    private final HttpClient client =
            HttpClient.create(connections)
                    .disableRetry(true)
                    .responseTimeout(PATIENCE)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1_000);
    private final DisposableServer server;

    public Balancer(List<URI> nodes) {
        this.nodes = List.copyOf(nodes);
        this.server = HttpServer.create().host("127.0.0.1").port(0).handle(this::pass).bindNow();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private Publisher<Void> pass(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> forward(request, body, home(request.uri())))
                .onErrorReturn(new Passed(HttpResponseStatus.BAD_GATEWAY.code(), new byte[0]))
                .flatMap(
                        passed ->
                                response.status(passed.status())
                                        .header(
                                                HttpHeaderNames.CONTENT_LENGTH,
                                                Integer.toString(passed.body().length))
                                        .sendByteArray(Mono.just(passed.body()))
                                        .then());
    }

    private static int home(String uri) {
        var openid = OPENID.matcher(uri);
        return openid.find() ? openid.group(1).hashCode() : 0;
    }

    private record Passed(int status, byte[] body) {

        boolean isNoAnswer() {
            return status == HttpResponseStatus.BAD_GATEWAY.code()
                    || status == HttpResponseStatus.SERVICE_UNAVAILABLE.code();
        }
    }

    private Mono<Passed> forward(HttpServerRequest request, byte[] body, int home) {
        var began = System.nanoTime();
        return Flux.range(0, nodes.size())
                .concatMap(
                        tried ->
                                tried > 0 && isLate(began)
                                        ? Mono.<Signal<Passed>>empty()
                                        : ask(at(home + tried), request, body).materialize(),
                        1)
                .takeUntil(Balancer::isFinal)
                .last()
                .dematerialize();
    }

    private URI at(int place) {
        return nodes.get(Math.floorMod(place, nodes.size()));
    }

    private static boolean isLate(long began) {
        return System.nanoTime() - began > ASKS_ANOTHER_WITHIN.toNanos();
    }

    private static boolean isFinal(Signal<Passed> signal) {
        var passed = signal.get();
        return passed != null
                ? !passed.isNoAnswer()
                : signal.getThrowable() instanceof TimeoutException;
    }

    private Mono<Passed> ask(URI node, HttpServerRequest request, byte[] body) {
        return client.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "text/xml"))
                .request(request.method())
                .uri(node + request.uri())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseSingle(
                        (answer, bytes) ->
                                bytes.asByteArray()
                                        .defaultIfEmpty(new byte[0])
                                        .map(all -> new Passed(answer.status().code(), all)));
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(3));
        connections.dispose();
    }
}
