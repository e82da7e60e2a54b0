package io.guanjia.gateway.media;

import io.guanjia.gateway.channel.MediaUnavailable;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Fetches a file from an address that somebody outside has named, without letting them reach
 * anything but the public internet through us.
 *
 * <p>A name is resolved once, here. Every address it has must be public, and the connection goes to
 * the very address that was checked, so a name that changes its mind in between gains nothing. Each
 * redirect is checked in the same way. No proxy, no cookies, no inflation; size and time are
 * bounded.
 */
public final class SafeFetch {

    private static final int REDIRECTS = 3;
    private static final NettyDataBufferFactory BUFFERS =
            new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

    private final HttpClient client;
    private final HostNames names;
    private final MediaSettings settings;
    private final Set<String> allowedHosts;

    SafeFetch(HostNames names, MediaSettings settings) {
        this.names = names;
        this.settings = settings;
        this.allowedHosts = Set.copyOf(settings.allowedHosts());
        this.client =
                HttpClient.newConnection()
                        .noProxy()
                        .followRedirect(false)
                        .compress(false)
                        .keepAlive(false)
                        .responseTimeout(settings.fetchTimeout())
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) settings.connectTimeout().toMillis())
                        .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, "*/*"));
    }

    /**
     * Fetches {@code uri} and hands what it gets to {@code use}. The connection is closed when that
     * is done. Fails with {@link FetchRefused} for an address or an answer we do not take, with
     * {@link MediaUnavailable} for a status that brings no file, with {@link MediaRejected} for one
     * that is too large, and with the client's own errors where there is no answer or no such name.
     *
     * @param limit the most bytes to take
     */
    public <T> Mono<T> fetch(URI uri, long limit, Function<Download, Mono<T>> use) {
        return hop(uri, limit, REDIRECTS, use).timeout(settings.fetchTimeout());
    }

    /**
     * What is coming in.
     *
     * @param contentType what the other side says it is
     * @param bytes to be subscribed to once; fails with {@link MediaRejected} past the limit
     */
    public record Download(@Nullable String contentType, Flux<DataBuffer> bytes) {}

    private <T> Mono<T> hop(URI uri, long limit, int redirects, Function<Download, Mono<T>> use) {
        return Mono.fromCallable(() -> Target.of(uri, allowedHosts))
                .flatMap(
                        target ->
                                addressOf(target)
                                        .flatMap(
                                                address ->
                                                        get(
                                                                target, address, limit, redirects,
                                                                use)));
    }

    private Mono<InetAddress> addressOf(Target target) {
        return target.literal()
                .map(address -> Mono.just(List.of(address)))
                .orElseGet(() -> names.resolve(target.host()))
                .flatMap(
                        addresses ->
                                !addresses.isEmpty() && addresses.stream().allMatch(target::mayBe)
                                        ? Mono.just(addresses.getFirst())
                                        : Mono.error(new FetchRefused("address")));
    }

    private <T> Mono<T> get(
            Target target,
            InetAddress address,
            long limit,
            int redirects,
            Function<Download, Mono<T>> use) {
        return Mono.using(
                () -> new Pinned(address),
                pinned -> get(target, pinned, limit, redirects, use),
                // Every event loop that it was asked on would remember it.
                Pinned::close);
    }

    private <T> Mono<T> get(
            Target target,
            Pinned pinned,
            long limit,
            int redirects,
            Function<Download, Mono<T>> use) {
        return client.resolver(pinned)
                .get()
                .uri(target.uri())
                .responseConnection(
                        (response, connection) ->
                                answer(
                                                target,
                                                response,
                                                connection.inbound().receive(),
                                                limit,
                                                redirects,
                                                use)
                                        .doFinally(signal -> connection.dispose()))
                .next();
    }

    private <T> Mono<T> answer(
            Target target,
            HttpClientResponse response,
            ByteBufFlux body,
            long limit,
            int redirects,
            Function<Download, Mono<T>> use) {
        var headers = response.responseHeaders();
        return switch (response.status().code()) {
            case 200 -> {
                var encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity");
                var length = headers.get(HttpHeaderNames.CONTENT_LENGTH, "0");
                if (!encoding.equalsIgnoreCase("identity")) {
                    yield Mono.error(new FetchRefused("encoding"));
                }
                if (exceeds(length, limit)) {
                    yield Mono.error(new MediaRejected(MediaRejected.Kind.TOO_LARGE));
                }
                yield use.apply(
                        new Download(headers.get(HttpHeaderNames.CONTENT_TYPE), upTo(limit, body)));
            }
            case 301, 302, 303, 307, 308 -> {
                var location = headers.get(HttpHeaderNames.LOCATION);
                yield location == null || redirects == 0
                        ? Mono.error(new FetchRefused("redirect"))
                        : Mono.fromCallable(() -> target.uri().resolve(location))
                                .onErrorMap(
                                        IllegalArgumentException.class,
                                        e -> new FetchRefused("redirect"))
                                .flatMap(next -> hop(next, limit, redirects - 1, use));
            }
            default -> Mono.error(MediaUnavailable.answered(response.status().code()));
        };
    }

    private static boolean exceeds(String length, long limit) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static Flux<DataBuffer> upTo(long limit, ByteBufFlux body) {
        return Flux.defer(
                () -> {
                    var left = new AtomicLong(limit);
                    return body.handle(
                            (part, sink) -> {
                                if (left.addAndGet(-part.readableBytes()) < 0) {
                                    sink.error(new MediaRejected(MediaRejected.Kind.TOO_LARGE));
                                } else {
                                    sink.next(BUFFERS.wrap(part.retain()));
                                }
                            });
                });
    }

    /** Knows one address, whatever it is asked for: the one that was checked. */
    private static final class Pinned extends AddressResolverGroup<InetSocketAddress> {

        private final InetAddress address;

        Pinned(InetAddress address) {
            this.address = address;
        }

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return new InetNameResolver(executor) {
                @Override
                protected void doResolve(String name, Promise<InetAddress> promise) {
                    promise.setSuccess(address);
                }

                @Override
                protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
                    promise.setSuccess(List.of(address));
                }
            }.asAddressResolver();
        }
    }
}
