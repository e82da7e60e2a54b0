package io.guanjia.sandbox.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.weixin.protocol.Signature;
import io.netty.buffer.Unpooled;

import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Posts callbacks as the platform does: three tries with the same body, each signed anew. Source:
 * 微博开放平台, 验证消息真实性.
 */
final class CallbackSender {

    private final ConnectionProvider connections =
            ConnectionProvider.builder("weibo-callbacks")
                    .maxConnections(1_000)
                    .pendingAcquireMaxCount(-1)
                    .maxIdleTime(Duration.ofSeconds(10))
                    .build();
    // Every try on record must be one request on the wire, so the client must not repeat any.
    private final HttpClient client = HttpClient.create(connections).disableRetry(true);
    private final Clock clock;

    CallbackSender(Clock clock) {
        this.clock = clock;
    }

    /** All tries, one to three. Never fails. */
    Mono<List<CallbackTry>> send(URI callback, String secret, String body, Patience patience) {
        return again(callback, secret, body, patience, List.of());
    }

    private Mono<List<CallbackTry>> again(
            URI callback, String secret, String body, Patience patience, List<CallbackTry> before) {
        return once(callback, secret, body, patience, before.size() + 1)
                .flatMap(
                        last -> {
                            List<CallbackTry> tries = new ArrayList<>(before);
                            tries.add(last);
                            if (last.answered() || tries.size() == patience.tries()) {
                                return Mono.just(tries);
                            }
                            var next = again(callback, secret, body, patience, tries);
                            var pause = patience.interval().minus(last.latency());
                            return pause.isPositive() ? Mono.delay(pause).then(next) : next;
                        });
    }

    private Mono<CallbackTry> once(
            URI callback, String secret, String body, Patience patience, int number) {
        return Mono.defer(
                () -> {
                    var begun = new Begun(number, clock.instant(), System.nanoTime());
                    return client.headers(
                                    headers -> headers.set("Content-Type", "application/json"))
                            .post()
                            .uri(signed(callback, secret))
                            .send(
                                    Mono.fromSupplier(
                                            () -> Unpooled.wrappedBuffer(body.getBytes(UTF_8))))
                            .responseSingle(
                                    (response, content) ->
                                            content.asString(UTF_8)
                                                    .defaultIfEmpty("")
                                                    .map(
                                                            text ->
                                                                    begun.answered(
                                                                            response.status()
                                                                                    .code(),
                                                                            text)))
                            .timeout(patience.timeout())
                            .onErrorResume(e -> Mono.just(begun.failed()));
                });
    }

    /** Makes the check the console makes when the address is saved: whether the echo is right. */
    Mono<Boolean> verify(URI callback, String secret, Patience patience) {
        return Mono.defer(
                () -> {
                    var echo = nonce() + nonce();
                    return client.get()
                            .uri(signed(callback, secret) + "&echostr=" + echo)
                            .responseSingle(
                                    (response, content) ->
                                            content.asString(UTF_8)
                                                    .defaultIfEmpty("")
                                                    .map(
                                                            text ->
                                                                    response.status().code() == 200
                                                                            && text.equals(echo)))
                            .timeout(patience.timeout())
                            .onErrorReturn(false);
                });
    }

    void close() {
        connections.dispose();
    }

    /** The timestamp is in millis, as in the platform's own example. */
    private String signed(URI callback, String secret) {
        var timestamp = Long.toString(clock.instant().toEpochMilli());
        var nonce = nonce();
        return callback
                + (callback.getRawQuery() == null ? "?" : "&")
                + "signature="
                + Signature.of(secret, timestamp, nonce)
                + "&timestamp="
                + timestamp
                + "&nonce="
                + nonce;
    }

    private static String nonce() {
        return Integer.toString(ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000));
    }

    private record Begun(int number, Instant at, long nanos) {

        CallbackTry answered(int status, String body) {
            var kept = body.substring(0, Math.min(body.length(), CallbackTry.BODY_KEPT));
            return new CallbackTry(number, at, latency(), status, kept);
        }

        CallbackTry failed() {
            return new CallbackTry(number, at, latency(), null, "");
        }

        private Duration latency() {
            return Duration.ofNanos(System.nanoTime() - nanos);
        }
    }
}
