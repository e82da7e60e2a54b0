package io.guanjia.weixin.api;

import io.guanjia.gateway.channel.AccountToken;
import io.guanjia.gateway.channel.AccountToken.Stale;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.media.FetchRefused;
import io.guanjia.gateway.message.Media;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Takes files that customers sent from the platform (获取临时素材). A media id is asked for at the
 * account's own API; the address of a picture or a film comes from a message or an answer and is
 * fetched like any stranger's.
 */
final class MediaDownload {

    private static final int MAX_ERROR = 64 * 1024;

    /** The platform's own limits are below. Whoever keeps the file may want less. */
    private static final long MAX_FILE = 32L * 1024 * 1024;

    /**
     * What customers can send. Not among them: anything a browser would run. Speex is kept only
     * where it comes in Ogg; nothing in the bytes of raw Speex says what they are.
     */
    private static final Set<String> TYPES =
            Set.of(
                    "image/jpeg",
                    "image/jpg",
                    "image/png",
                    "image/gif",
                    "image/bmp",
                    "image/webp",
                    "audio/amr",
                    "audio/mpeg",
                    "audio/mp3",
                    "audio/ogg",
                    "audio/speex",
                    "audio/x-speex-with-header-byte",
                    "voice/amr",
                    "voice/speex",
                    "video/mp4",
                    "video/mpeg4",
                    "application/octet-stream");

    private static final NettyDataBufferFactory BUFFERS =
            new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

    private final WeixinHttp http;
    private final AccountToken token;
    private final ErrorTable errors;
    private final Strangers strangers;
    private final JsonMapper json;
    private final Clock clock;

    /** Until when the platform wants to be asked for no file by its id. */
    private volatile Instant restsUntil = Instant.EPOCH;

    MediaDownload(
            WeixinHttp http,
            AccountToken token,
            ErrorTable errors,
            Strangers strangers,
            JsonMapper json,
            Clock clock) {
        this.http = http;
        this.token = token;
        this.errors = errors;
        this.strangers = strangers;
        this.json = json;
        this.clock = clock;
    }

    /** Hands a file to {@code use}. Fails with {@link MediaUnavailable} or as that does. */
    <T> Mono<T> fetch(Media media, Function<MediaStream, Mono<T>> use) {
        var id = media.platformId();
        var source = media.source();
        if (id == null) {
            return source == null
                    ? Mono.error(new MediaUnavailable("the platform offers no file", true))
                    : byAddress(source, use);
        }
        return byId(id, use)
                .onErrorResume(
                        MediaUnavailable.class,
                        error ->
                                source == null
                                        ? Mono.error(error)
                                        : byAddress(source, use)
                                                .onErrorMap(
                                                        MediaUnavailable.class,
                                                        there -> error.lasting() ? there : error));
    }

    private <T> Mono<T> byId(String id, Function<MediaStream, Mono<T>> use) {
        return Mono.defer(
                () -> {
                    var left = Duration.between(clock.instant(), restsUntil);
                    return left.isPositive()
                            ? Mono.error(MediaUnavailable.limited("too many calls", left))
                            : token.use(one -> get(id, one, use))
                                    .onErrorMap(DeliveryException.class, this::noToken)
                                    .onErrorMap(Stale.class, MediaDownload::rejected)
                                    .onErrorResume(MediaUnavailable.class, this::heeded);
                });
    }

    /** Whoever has an address to turn to as well need not wait, and must not ask here meanwhile. */
    private <T> Mono<T> heeded(MediaUnavailable error) {
        if (error.rest().isPositive()) {
            restsUntil = clock.instant().plus(error.rest());
        }
        return Mono.error(error);
    }

    private static MediaUnavailable rejected(Stale stale) {
        return new MediaUnavailable("the access token is rejected", false);
    }

    private <T> Mono<T> get(String id, String token, Function<MediaStream, Mono<T>> use) {
        var address =
                http.address(Api.MEDIA_GET, token)
                        + "&media_id="
                        + URLEncoder.encode(id, StandardCharsets.UTF_8);
        return open(address, use);
    }

    private <T> Mono<T> open(String address, Function<MediaStream, Mono<T>> use) {
        return http.stream(address, (response, body) -> opened(response, body, use))
                .onErrorMap(
                        MediaDownload::isOfTheNetwork,
                        error -> new MediaUnavailable("the platform does not answer", false));
    }

    /** Errors come as JSON with status 200, and so does the address of a film. */
    private <T> Mono<T> opened(
            HttpClientResponse response, ByteBufFlux body, Function<MediaStream, Mono<T>> use) {
        int status = response.status().code();
        if (status != 200) {
            return Mono.error(MediaUnavailable.answered(status));
        }
        var type = mimeType(response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE));
        var bytes = body.retain().<DataBuffer>map(BUFFERS::wrap);
        if (!type.equals("application/json") && !type.equals("text/plain")) {
            return handOver(type, size(response), bytes, use);
        }
        return Bounded.atMost(bytes, MAX_ERROR, MediaDownload::unreadable)
                .reduce(new ByteArrayOutputStream(), MediaDownload::append)
                .flatMap(answer -> answered(answer.toByteArray(), use));
    }

    private <T> Mono<T> answered(byte[] body, Function<MediaStream, Mono<T>> use) {
        JsonNode answer;
        try {
            answer = json.readTree(body);
        } catch (JacksonException e) {
            return Mono.error(unreadable());
        }
        var film = answer.path("video_url").asString("");
        if (!film.isEmpty()) {
            return http.serves(film) ? open(film, use) : byAddress(film, use);
        }
        int code = answer.path("errcode").asInt(-1);
        return Mono.error(
                errors.of(code) == Meaning.STALE_TOKEN
                        ? new Stale(code)
                        : unavailable(errors.toException(Api.MEDIA_GET, code, clock.instant())));
    }

    private <T> Mono<T> byAddress(String address, Function<MediaStream, Mono<T>> use) {
        URI target;
        try {
            target = new URI(address);
        } catch (URISyntaxException e) {
            return Mono.error(refused());
        }
        return strangers
                .fetch(
                        target,
                        MAX_FILE,
                        file -> handOver(mimeType(file.contentType()), null, file.bytes(), use))
                .onErrorMap(FetchRefused.class, error -> refused())
                .onErrorMap(
                        MediaDownload::isOfTheNetwork,
                        error -> new MediaUnavailable("the file's address does not answer", false));
    }

    private static <T> Mono<T> handOver(
            String type,
            @Nullable Long size,
            Flux<DataBuffer> bytes,
            Function<MediaStream, Mono<T>> use) {
        if (!TYPES.contains(type)) {
            return Mono.error(new MediaUnavailable("files of this type are not taken", true));
        }
        if (size != null && size > MAX_FILE) {
            return Mono.error(tooLarge());
        }
        var bounded = Bounded.atMost(bytes, MAX_FILE, MediaDownload::tooLarge);
        return use.apply(new MediaStream(null, type, size, bounded));
    }

    private static ByteArrayOutputStream append(ByteArrayOutputStream all, DataBuffer buffer) {
        var part = new byte[buffer.readableByteCount()];
        buffer.read(part);
        DataBufferUtils.release(buffer);
        all.writeBytes(part);
        return all;
    }

    private static String mimeType(@Nullable String header) {
        return header == null
                ? "application/octet-stream"
                : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long size(HttpClientResponse response) {
        var header = response.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return header == null ? null : Long.valueOf(header.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isOfTheNetwork(Throwable error) {
        return error instanceof IOException
                || error instanceof ChannelException
                || error instanceof DecoderException
                || error instanceof TimeoutException;
    }

    private static MediaUnavailable tooLarge() {
        return new MediaUnavailable("the file is too large", true);
    }

    private static MediaUnavailable refused() {
        return new MediaUnavailable("the file's address is not one we fetch from", true);
    }

    private static MediaUnavailable unreadable() {
        return new MediaUnavailable("the platform's answer cannot be read", false);
    }

    /** Whatever keeps us from a token says nothing of the file. */
    private MediaUnavailable noToken(DeliveryException error) {
        var failure = unavailable(error);
        return failure.lasting() ? new MediaUnavailable(error.reason(), false) : failure;
    }

    private MediaUnavailable unavailable(DeliveryException error) {
        return MediaUnavailable.of(error, clock.instant());
    }
}
