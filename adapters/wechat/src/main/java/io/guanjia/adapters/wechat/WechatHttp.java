package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * HTTP towards one account's API. Knows whether a request left this machine, which decides whether
 * it may be sent again: not written means {@link Unavailable}, written without an answer means
 * {@link OutcomeUnknown}. Redirects are not followed, so only the configured host is contacted.
 */
final class WechatHttp {

    /** Answers to sends are some 100 bytes. */
    private static final int MAX_ANSWER = 64 * 1024;

    /**
     * For all that one message has to upload. With the send that follows it is less than the
     * gateway gives a delivery, so that a slow upload is one that may be tried again, and not a
     * message that may have arrived.
     */
    static final Duration UPLOAD_TIMEOUT = Duration.ofSeconds(12);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private final HttpClient client;
    private final JsonMapper json;
    private final String base;
    private final Duration timeout;

    WechatHttp(WechatAccount account, ConnectionProvider connections, JsonMapper json) {
        this.client =
                HttpClient.create(connections)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) CONNECT_TIMEOUT.toMillis())
                        // It would send again without telling us.
                        .disableRetry(true)
                        .responseTimeout(account.timeout());
        this.json = json;
        this.base = account.apiBase().toString().replaceAll("/+$", "");
        this.timeout = account.timeout();
    }

    /** Pools connections for all accounts. Idle ones go before the platform closes them. */
    static ConnectionProvider connections() {
        return ConnectionProvider.builder("wechat")
                .maxConnections(200)
                .pendingAcquireMaxCount(2_000)
                .pendingAcquireTimeout(Duration.ofSeconds(3))
                .maxIdleTime(Duration.ofSeconds(20))
                .evictInBackground(Duration.ofSeconds(10))
                .build();
    }

    /**
     * Posts a JSON text and emits the platform's answer, which may hold an {@code errcode}. Fails
     * with {@link DeliveryException}.
     */
    Mono<JsonNode> post(Api api, @Nullable String token, String body) {
        return Mono.defer(
                () -> {
                    var written = new AtomicBoolean();
                    return observed(written)
                            .headers(
                                    headers ->
                                            headers.set(
                                                    HttpHeaderNames.CONTENT_TYPE,
                                                    "application/json; charset=utf-8"))
                            .post()
                            .uri(address(api, token))
                            .send(
                                    Mono.fromSupplier(
                                            () ->
                                                    Unpooled.wrappedBuffer(
                                                            body.getBytes(StandardCharsets.UTF_8))))
                            .response(this::answer)
                            .next()
                            .timeout(timeout)
                            .onErrorMap(error -> translated(error, written.get()));
                });
    }

    /**
     * Posts a stream of bytes. Answers and fails as {@link #post} does.
     *
     * @param length of the stream, where it is known: the platform is said to take uploads without
     *     it for empty ones (41005)
     */
    Mono<JsonNode> upload(
            String address, String contentType, @Nullable Long length, Publisher<ByteBuf> body) {
        return client.headers(
                        headers -> {
                            headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
                            if (length != null) {
                                headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
                            }
                        })
                .responseTimeout(UPLOAD_TIMEOUT)
                .post()
                .uri(address)
                .send(body)
                .response(this::answer)
                .next()
                .timeout(UPLOAD_TIMEOUT)
                .onErrorMap(error -> translated(error, false));
    }

    /** The client, for calls that are not JSON. */
    HttpClient client() {
        return client;
    }

    String address(Api api, @Nullable String token) {
        var address = base + api.path();
        return token == null
                ? address
                : address + "?access_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    private HttpClient observed(AtomicBoolean written) {
        return client.doAfterRequest((request, connection) -> written.set(true));
    }

    private Mono<JsonNode> answer(HttpClientResponse response, ByteBufFlux body) {
        int status = response.status().code();
        if (status != 200) {
            return body.then(Mono.error(statusError(status)));
        }
        return whole(body).flatMap(this::parsed);
    }

    /** Whatever length it claims to have, or none. */
    private static Mono<byte[]> whole(ByteBufFlux body) {
        return Flux.defer(
                        () -> {
                            var left = new AtomicInteger(MAX_ANSWER);
                            return body.asByteArray()
                                    .<byte[]>handle(
                                            (part, sink) -> {
                                                if (left.addAndGet(-part.length) < 0) {
                                                    sink.error(
                                                            new OutcomeUnknown("answer too large"));
                                                } else {
                                                    sink.next(part);
                                                }
                                            });
                        })
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                .map(ByteArrayOutputStream::toByteArray);
    }

    private Mono<JsonNode> parsed(byte[] body) {
        try {
            var answer = json.readTree(body);
            return answer.isObject() ? Mono.just(answer) : Mono.error(noAnswer());
        } catch (JacksonException e) {
            return Mono.error(noAnswer());
        }
    }

    private static DeliveryException noAnswer() {
        return new OutcomeUnknown("answer is not what the platform documents");
    }

    /**
     * A gateway's 502 or 504 leaves open what happened behind it. Every other 5xx is the platform
     * itself saying that it failed.
     */
    private static DeliveryException statusError(int status) {
        var reason = "HTTP " + status;
        if (status == 502 || status == 504) {
            return new OutcomeUnknown(reason);
        }
        if (status == 429) {
            return new Throttled(reason, Duration.ofSeconds(60));
        }
        return status >= 500 ? new Unavailable(reason) : new Refused(reason);
    }

    /** Drops the cause on purpose: its text holds the address and with it the access token. */
    private static DeliveryException translated(Throwable error, boolean written) {
        if (error instanceof DeliveryException known) {
            return known;
        }
        var reason = error.getClass().getSimpleName();
        return written
                ? new OutcomeUnknown("no answer: " + reason)
                : new Unavailable("not sent: " + reason);
    }
}
