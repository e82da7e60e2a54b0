package io.guanjia.sandbox.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;

import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import java.net.URI;
import java.time.Duration;

/** Posts JSON to account servers. */
final class CallbackPoster {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConnectionProvider connections;
    private final HttpClient client;

    CallbackPoster(String channel) {
        connections =
                ConnectionProvider.builder(channel + "-callbacks")
                        .maxConnections(500)
                        .pendingAcquireMaxCount(-1)
                        .maxIdleTime(Duration.ofSeconds(10))
                        .build();
        // Every try on record must be one request on the wire.
        client =
                HttpClient.create(connections)
                        .disableRetry(true)
                        .headers(headers -> headers.set("Content-Type", "application/json"));
    }

    /** What came back; status 0 for nothing. */
    record Answer(int status, String body) {}

    /** Never fails. */
    Mono<Answer> post(URI to, String body) {
        return client.post()
                .uri(to.toString())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body.getBytes(UTF_8))))
                .responseSingle(
                        (response, content) ->
                                content.asString(UTF_8)
                                        .defaultIfEmpty("")
                                        .map(text -> new Answer(response.status().code(), text)))
                .timeout(PATIENCE)
                .onErrorReturn(new Answer(0, ""));
    }

    void close() {
        connections.dispose();
    }
}
