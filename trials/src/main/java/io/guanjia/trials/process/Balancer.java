package io.guanjia.trials.process;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;

import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The load balancer in front of the nodes, as every installation with two of them has one.
 *
 * <p>A customer, whose openid stands in the address, stays with one node while that is up: each
 * node has a spool of its own, so during an outage of the journal only that keeps their messages in
 * order. A node that cannot be connected to is passed over; a request that was sent is never sent
 * again, since only the platform may repeat it: then the answer is 502.
 */
public final class Balancer implements AutoCloseable {

    private static final Pattern OPENID = Pattern.compile("[?&]openid=([^&]*)");

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
                .flatMap(body -> forward(request, body, home(request.uri()), 0))
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

    private record Passed(int status, byte[] body) {}

    private Mono<Passed> forward(HttpServerRequest request, byte[] body, int home, int tried) {
        var node = nodes.get(Math.floorMod(home + tried, nodes.size()));
        return client.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "text/xml"))
                .request(request.method())
                .uri(node + request.uri())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseSingle(
                        (answer, bytes) ->
                                bytes.asByteArray()
                                        .defaultIfEmpty(new byte[0])
                                        .map(all -> new Passed(answer.status().code(), all)))
                .onErrorResume(
                        ConnectException.class,
                        away ->
                                tried + 1 < nodes.size()
                                        ? forward(request, body, home, tried + 1)
                                        : Mono.error(away));
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(3));
        connections.dispose();
    }
}
