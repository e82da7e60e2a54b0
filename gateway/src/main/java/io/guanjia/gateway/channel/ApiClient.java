package io.guanjia.gateway.channel;

import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * HTTP towards one account's platform. Knows whether a request left this machine, which decides
 * whether it may be sent again: not written means {@link Unavailable}, written without an answer
 * means {@link OutcomeUnknown}. Redirects are not followed, so only the configured host is
 * contacted. No error holds an address, which may hold a secret.
 */
public final class ApiClient {

    /** Answers to sends are some 100 bytes; a page of messages is more. */
    private static final int MAX_ANSWER = 2 * 1024 * 1024;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private final HttpClient client;
    private final URI host;
    private final String base;
    private final Duration timeout;

    /**
     * @param timeout for one call in all
     */
    public ApiClient(URI base, Duration timeout, ConnectionProvider connections) {
        this.client =
                HttpClient.create(connections)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) CONNECT_TIMEOUT.toMillis())
                        // It would send again without telling us.
                        .disableRetry(true)
                        .responseTimeout(timeout);
        this.host = base;
        this.base = base.toString().replaceAll("/+$", "");
        this.timeout = timeout;
    }

    /** Pools connections for all accounts of a channel, and is closed with it. */
    public static ConnectionProvider connections(String channel) {
        return ConnectionProvider.builder(channel)
                .maxConnections(200)
                .pendingAcquireMaxCount(2_000)
                .pendingAcquireTimeout(Duration.ofSeconds(3))
                // Idle ones go before the platform closes them.
                .maxIdleTime(Duration.ofSeconds(20))
                .evictInBackground(Duration.ofSeconds(10))
                .build();
    }

    /** What came back: any status, and the body. */
    public record ApiAnswer(int status, byte[] body) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /**
         * The answer, if its status is one of success. A gateway's 502 or 504 leaves open what
         * happened behind it; every other 5xx is the platform itself saying that it failed. For
         * platforms that say nothing more in the body.
         */
        public ApiAnswer required() {
            var reason = "HTTP " + status;
            if (status >= 200 && status < 300) {
                return this;
            }
            if (status == 502 || status == 504) {
                throw new OutcomeUnknown(reason);
            }
            if (status == 429) {
                throw new Throttled(reason, Duration.ofSeconds(60));
            }
            throw status >= 500 ? new Unavailable(reason) : new Refused(reason);
        }

        /** Leaves out the body: this ends up in logs. */
        @Override
        public String toString() {
            return "ApiAnswer[" + status + "]";
        }
    }

    /** Emits any answer. Fails with {@link DeliveryException}. */
    public Mono<ApiAnswer> get(String pathAndQuery, Map<String, String> headers) {
        return call(HttpMethod.GET, pathAndQuery, headers, new byte[0]);
    }

    /** Emits any answer. Fails with {@link DeliveryException}. */
    public Mono<ApiAnswer> post(String pathAndQuery, Map<String, String> headers, byte[] body) {
        return call(HttpMethod.POST, pathAndQuery, headers, body);
    }

    /**
     * Posts a stream, such as a file. Emits any answer. As storing a file sends nobody anything,
     * whatever keeps the answer from coming is {@link Unavailable}.
     *
     * @param length of the stream, null where it is not known
     * @param within for the whole of it, instead of the usual timeout
     */
    public Mono<ApiAnswer> upload(
            String pathAndQuery,
            Map<String, String> headers,
            @Nullable Long length,
            Publisher<? extends ByteBuf> body,
            Duration within) {
        return client.headers(
                        all -> {
                            headers.forEach(all::set);
                            if (length != null) {
                                all.set(HttpHeaderNames.CONTENT_LENGTH, length);
                            }
                        })
                .responseTimeout(within)
                .post()
                .uri(base + pathAndQuery)
                .send(body)
                .response(ApiClient::answer)
                .next()
                .timeout(within)
                .onErrorMap(error -> translated(error, false));
    }

    /** As {@link #upload(String, Map, Long, Publisher, Duration)}, of one file as a form. */
    public Mono<ApiAnswer> upload(String pathAndQuery, FileForm form, Duration within) {
        return upload(
                pathAndQuery,
                Map.of("content-type", form.contentType()),
                form.length(),
                form.bytes(),
                within);
    }

    /**
     * Hands an answer of any length to {@code use} while it comes in. Fails with {@link
     * MediaUnavailable} where the platform does not answer, or as {@code use} does.
     */
    public <T> Mono<T> download(String pathAndQuery, Function<Download, Mono<T>> use) {
        return stream(
                        base + pathAndQuery,
                        (response, body) ->
                                use.apply(
                                        new Download(
                                                response.status().code(),
                                                response.responseHeaders(),
                                                body)))
                .onErrorMap(
                        ApiClient::isOfTheNetwork,
                        error -> new MediaUnavailable("the platform does not answer", false));
    }

    /**
     * An answer that is still coming in.
     *
     * @param body to be subscribed to once
     */
    public record Download(int status, HttpHeaders headers, ByteBufFlux body) {

        /** The same as one array; fails with {@link MediaUnavailable} beyond 64 KB. */
        public Mono<byte[]> small() {
            return bounded(
                    body,
                    64 * 1024,
                    () -> new MediaUnavailable("the platform's answer cannot be read", false));
        }
    }

    private static boolean isOfTheNetwork(Throwable error) {
        return error instanceof IOException
                || error instanceof ChannelException
                || error instanceof DecoderException
                || error instanceof TimeoutException;
    }

    /**
     * Gets something large and hands it to {@code use} as it comes. Fails as that does or with the
     * network's own errors, whose text holds the address.
     *
     * @param address one that {@link #serves}
     */
    public <T> Mono<T> stream(
            String address, BiFunction<HttpClientResponse, ByteBufFlux, Mono<T>> use) {
        if (!serves(address)) {
            return Mono.error(new IllegalArgumentException("not the platform's address"));
        }
        return client.get()
                .uri(address)
                .responseConnection(
                        (response, connection) ->
                                use.apply(response, connection.inbound().receive())
                                        .doFinally(end -> connection.dispose()))
                .next();
    }

    /** The whole address of a path. */
    public String address(String pathAndQuery) {
        return base + pathAndQuery;
    }

    /** Whether an address is at the configured host. */
    public boolean serves(String address) {
        try {
            var target = new URI(address);
            return host.getScheme().equals(target.getScheme())
                    && host.getHost().equals(target.getHost())
                    && host.getPort() == target.getPort();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Mono<ApiAnswer> answer(HttpClientResponse response, ByteBufFlux content) {
        return whole(content).map(bytes -> new ApiAnswer(response.status().code(), bytes));
    }

    private Mono<ApiAnswer> call(
            HttpMethod method, String pathAndQuery, Map<String, String> headers, byte[] body) {
        return Mono.defer(
                () -> {
                    var written = new AtomicBoolean();
                    return client.doAfterRequest((request, connection) -> written.set(true))
                            .headers(
                                    all -> {
                                        headers.forEach(all::set);
                                        all.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
                                    })
                            .request(method)
                            .uri(base + pathAndQuery)
                            .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                            .response(ApiClient::answer)
                            .next()
                            .timeout(timeout)
                            .onErrorMap(error -> translated(error, written.get()));
                });
    }

    /** Whatever length it claims to have, or none. */
    private static Mono<byte[]> whole(ByteBufFlux body) {
        return bounded(body, MAX_ANSWER, () -> new OutcomeUnknown("answer too large"));
    }

    private static Mono<byte[]> bounded(
            ByteBufFlux body, int most, Supplier<RuntimeException> tooLarge) {
        return Flux.defer(
                        () -> {
                            var left = new AtomicInteger(most);
                            return body.asByteArray()
                                    .<byte[]>handle(
                                            (part, sink) -> {
                                                if (left.addAndGet(-part.length) < 0) {
                                                    sink.error(tooLarge.get());
                                                } else {
                                                    sink.next(part);
                                                }
                                            });
                        })
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                .map(ByteArrayOutputStream::toByteArray);
    }

    /** Drops the cause on purpose: its text holds the address. */
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
