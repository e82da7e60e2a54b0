package io.guanjia.sandbox.wechat.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.wechat.callback.CallbackTry.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Posts callbacks as the platform does: three tries with the same body inside, each with its own
 * timestamp and nonce.
 */
public final class CallbackSender {

    private final ConnectionProvider connections =
            ConnectionProvider.builder("callbacks")
                    .maxConnections(1_000)
                    .pendingAcquireMaxCount(-1)
                    .maxIdleTime(Duration.ofSeconds(10))
                    .build();
    // Every try on record must be one request on the wire, so the client must not repeat any.
    private final HttpClient client =
            HttpClient.create(connections)
                    .disableRetry(true)
                    .headers(
                            headers ->
                                    headers.set("User-Agent", "Mozilla/4.0")
                                            .set("Accept", "*/*")
                                            .set("Pragma", "no-cache"));
    private final Clock clock;
    private final CallbackPace pace;
    private final AtomicLong turns = new AtomicLong();

    public CallbackSender(Clock clock, CallbackPace pace) {
        this.clock = clock;
        this.pace = pace;
    }

    /**
     * All tries of one callback, and what came of them.
     *
     * @param tries one to three
     */
    public record Sent(List<CallbackTry> tries, Answer answer) {
        public Sent {
            tries = List.copyOf(tries);
        }
    }

    /** Sends a callback when subscribed to, and completes with its end. Never fails. */
    public Mono<Sent> send(Callback callback, Endpoint endpoint, Predicate<String> mediaExists) {
        return Mono.defer(
                () ->
                        tryAndTryAgain(callback, endpoint, List.of())
                                .map(tries -> conclude(tries, callback, endpoint, mediaExists)));
    }

    /** Makes the check the console makes when the address is saved: whether the echo is right. */
    public Mono<Boolean> verify(Endpoint endpoint) {
        return Mono.defer(
                () -> {
                    var echo = nonce() + nonce();
                    var query = endpoint.verification(timestamp(), nonce(), echo);
                    return client.get()
                            .uri(withQuery(endpoint.url(0), query))
                            .responseSingle(
                                    (response, body) ->
                                            body.asString(UTF_8)
                                                    .defaultIfEmpty("")
                                                    .map(
                                                            text ->
                                                                    response.status().code() == 200
                                                                            && text.equals(echo)))
                            .timeout(pace.timeout())
                            .onErrorReturn(false);
                });
    }

    /** Closes all connections. */
    public void close() {
        connections.dispose();
    }

    private Mono<List<CallbackTry>> tryAndTryAgain(
            Callback callback, Endpoint endpoint, List<CallbackTry> before) {
        return tryOnce(callback, endpoint, before.size() + 1)
                .flatMap(
                        last -> {
                            var tries = new ArrayList<>(before);
                            tries.add(last);
                            if (last.result() == Result.ANSWERED || tries.size() == pace.tries()) {
                                return Mono.just(tries);
                            }
                            var pause = pace.interval().minus(last.latency());
                            var again = tryAndTryAgain(callback, endpoint, tries);
                            return pause.isPositive() ? Mono.delay(pause).then(again) : again;
                        });
    }

    private Mono<CallbackTry> tryOnce(Callback callback, Endpoint endpoint, int number) {
        return Mono.defer(
                () -> {
                    var sealed =
                            endpoint.seal(callback.xml(), callback.openId(), timestamp(), nonce());
                    var url = endpoint.url(turns.getAndIncrement());
                    var attempt = new Attempt(number, url, clock.instant(), System.nanoTime());
                    return client.headers(
                                    headers -> headers.set("Content-Type", endpoint.contentType()))
                            .post()
                            .uri(withQuery(url, sealed.query()))
                            .send(Mono.fromSupplier(() -> utf8(sealed.body())))
                            .responseSingle(
                                    (response, body) ->
                                            body.asString(UTF_8)
                                                    .defaultIfEmpty("")
                                                    .map(
                                                            text ->
                                                                    attempt.answered(
                                                                            response.status()
                                                                                    .code(),
                                                                            text)))
                            .timeout(pace.timeout())
                            .onErrorResume(e -> Mono.just(attempt.failed(e)));
                });
    }

    private static ByteBuf utf8(String body) {
        return Unpooled.wrappedBuffer(body.getBytes(UTF_8));
    }

    private static Answer answer(
            CallbackTry last, Callback callback, Endpoint endpoint, Predicate<String> mediaExists) {
        return last.result() == Result.ANSWERED
                ? new AnswerReader(mediaExists).read(last.body(), endpoint, callback)
                : new Answer.Missing();
    }

    private static Sent conclude(
            List<CallbackTry> tries,
            Callback callback,
            Endpoint endpoint,
            Predicate<String> mediaExists) {
        var answer = answer(tries.getLast(), callback, endpoint, mediaExists);
        return new Sent(tries.stream().map(CallbackSender::shortened).toList(), answer);
    }

    /** Whole answers are needed to read them, but not to remember them. */
    private static CallbackTry shortened(CallbackTry full) {
        return full.body().length() <= CallbackTry.BODY_KEPT
                ? full
                : new CallbackTry(
                        full.number(),
                        full.url(),
                        full.at(),
                        full.latency(),
                        full.result(),
                        full.status(),
                        full.body().substring(0, CallbackTry.BODY_KEPT));
    }

    private static String withQuery(URI url, String query) {
        return url + (url.getRawQuery() == null ? "?" : "&") + query;
    }

    private String timestamp() {
        return Long.toString(clock.instant().getEpochSecond());
    }

    private static String nonce() {
        return Integer.toString(ThreadLocalRandom.current().nextInt(100_000_000, 2_000_000_000));
    }

    private record Attempt(int number, URI url, Instant at, long startedNanos) {

        CallbackTry answered(int status, String body) {
            return ended(status == 200 ? Result.ANSWERED : Result.BAD_STATUS, status, body);
        }

        CallbackTry failed(Throwable cause) {
            return cause instanceof TimeoutException
                    ? ended(Result.TIMED_OUT, null, "")
                    : ended(Result.UNREACHABLE, null, String.valueOf(cause.getMessage()));
        }

        private CallbackTry ended(Result result, @Nullable Integer status, String body) {
            var latency = Duration.ofNanos(System.nanoTime() - startedNanos);
            return new CallbackTry(number, url.toString(), at, latency, result, status, body);
        }
    }
}
