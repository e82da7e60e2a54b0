package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.message.Media;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Takes files that customers sent from the platform (获取临时素材). A media id is asked for at the
 * account's own API; the address of a picture or a film comes from a message or an answer and is
 * fetched like any stranger's, see {@link PublicHttp}.
 */
final class MediaDownload {

    private static final int MAX_ERROR = 64 * 1024;

    /** What customers can send. Not among them: anything a browser would run. */
    private static final Set<String> TYPES =
            Set.of(
                    "image/jpeg",
                    "image/jpg",
                    "image/png",
                    "image/gif",
                    "image/bmp",
                    "image/webp",
                    "audio/amr",
                    "audio/speex",
                    "audio/mpeg",
                    "audio/mp3",
                    "audio/x-speex-with-header-byte",
                    "voice/speex",
                    "voice/amr",
                    "video/mp4",
                    "video/mpeg4",
                    "application/octet-stream");

    private static final NettyDataBufferFactory BUFFERS =
            new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

    private final WechatHttp http;
    private final AccessTokens tokens;
    private final PublicHttp strangers;
    private final JsonMapper json;
    private final URI base;
    private final DataSize limit;

    MediaDownload(
            WechatAccount account,
            WechatHttp http,
            AccessTokens tokens,
            PublicHttp strangers,
            JsonMapper json) {
        this.http = http;
        this.tokens = tokens;
        this.strangers = strangers;
        this.json = json;
        this.base = account.apiBase();
        this.limit = account.maxMedia();
    }

    /** Opens a file. Fails with {@link MediaUnavailable}. */
    Mono<MediaStream> fetch(Media media) {
        var id = media.platformId();
        var source = media.source();
        if (id != null) {
            return byId(id).onErrorResume(
                            MediaUnavailable.class,
                            error ->
                                    error.lasting() && source != null
                                            ? byAddress(source)
                                            : Mono.error(error));
        }
        return source == null
                ? Mono.error(new MediaUnavailable("the platform offers no file", true))
                : byAddress(source);
    }

    private Mono<MediaStream> byId(String id) {
        return tokens.current()
                .onErrorMap(DeliveryException.class, MediaDownload::noToken)
                .flatMap(
                        token ->
                                get(id, token)
                                        .onErrorResume(
                                                StaleToken.class, stale -> again(id, token)));
    }

    private Mono<MediaStream> again(String id, String rejected) {
        return tokens.replace(rejected)
                .onErrorMap(DeliveryException.class, MediaDownload::noToken)
                .flatMap(token -> get(id, token))
                .onErrorMap(
                        StaleToken.class,
                        stale -> new MediaUnavailable("the access token is rejected", false));
    }

    private Mono<MediaStream> get(String id, String token) {
        return open(
                http.address(Api.MEDIA_GET, token)
                        + "&media_id="
                        + URLEncoder.encode(id, StandardCharsets.UTF_8));
    }

    private Mono<MediaStream> open(String address) {
        return http.client()
                .get()
                .uri(address)
                .responseConnection(
                        (response, connection) ->
                                response.status().code() == 200
                                        ? opened(response, connection)
                                        : failed(connection, response.status().code()))
                .next()
                .onErrorMap(
                        error ->
                                !(error instanceof MediaUnavailable || error instanceof StaleToken),
                        error -> new MediaUnavailable("the platform does not answer", false));
    }

    private static Mono<MediaStream> failed(Connection connection, int status) {
        connection.dispose();
        return Mono.error(new MediaUnavailable("the platform answers " + status, status < 500));
    }

    /** Errors come as JSON with status 200, and so does the address of a film. */
    private Mono<MediaStream> opened(HttpClientResponse response, Connection connection) {
        var type = mimeType(response);
        if (!type.equals("application/json") && !type.equals("text/plain")) {
            return stream(response, connection, type);
        }
        return Bounded.atMost(bytes(connection), MAX_ERROR, MediaDownload::unreadable)
                .reduce(
                        new ByteArrayOutputStream(),
                        (all, buffer) -> {
                            var part = new byte[buffer.readableByteCount()];
                            buffer.read(part);
                            DataBufferUtils.release(buffer);
                            all.writeBytes(part);
                            return all;
                        })
                .flatMap(all -> answered(all.toByteArray()));
    }

    private Mono<MediaStream> answered(byte[] body) {
        JsonNode answer;
        try {
            answer = json.readTree(body);
        } catch (JacksonException e) {
            return Mono.error(unreadable());
        }
        var film = answer.path("video_url").asString("");
        if (!film.isEmpty()) {
            return isOwnHost(film) ? open(film) : byAddress(film);
        }
        int code = answer.path("errcode").asInt(-1);
        return Mono.error(
                switch (WechatError.of(code)) {
                    case STALE_TOKEN -> new StaleToken();
                    case BUSY, TOO_FAST, DAILY_QUOTA ->
                            new MediaUnavailable(WechatError.describe(code), false);
                    default -> new MediaUnavailable(WechatError.describe(code), true);
                });
    }

    private Mono<MediaStream> byAddress(String address) {
        return strangers
                .get(address)
                .flatMap(
                        answer ->
                                stream(
                                        answer.response(),
                                        answer.connection(),
                                        mimeType(answer.response())));
    }

    private boolean isOwnHost(String address) {
        try {
            var target = new URI(address);
            return base.getScheme().equals(target.getScheme())
                    && base.getHost().equals(target.getHost())
                    && base.getPort() == target.getPort();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private Mono<MediaStream> stream(
            HttpClientResponse response, Connection connection, String type) {
        if (!TYPES.contains(type)) {
            connection.dispose();
            return Mono.error(new MediaUnavailable("files of this type are not taken", true));
        }
        var size = size(response);
        if (size != null && size > limit.toBytes()) {
            connection.dispose();
            return Mono.error(tooLarge());
        }
        return Mono.just(
                new MediaStream(
                        null,
                        type,
                        size,
                        Bounded.atMost(bytes(connection), limit.toBytes(), this::tooLarge)
                                .onErrorMap(
                                        error -> !(error instanceof MediaUnavailable),
                                        error ->
                                                new MediaUnavailable(
                                                        "the file broke off", false))));
    }

    private static Flux<DataBuffer> bytes(Connection connection) {
        return connection
                .inbound()
                .receive()
                .retain()
                .<DataBuffer>map(BUFFERS::wrap)
                .doFinally(end -> connection.dispose());
    }

    private static String mimeType(HttpClientResponse response) {
        var header = response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE);
        return header == null
                ? "application/octet-stream"
                : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long size(HttpClientResponse response) {
        var header = response.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
        return header == null ? null : Numbers.whole(header);
    }

    private MediaUnavailable tooLarge() {
        return new MediaUnavailable("the file is larger than " + limit.toMegabytes() + " MB", true);
    }

    private static MediaUnavailable unreadable() {
        return new MediaUnavailable("the platform's answer cannot be read", false);
    }

    private static MediaUnavailable noToken(DeliveryException error) {
        return new MediaUnavailable(error.reason(), false);
    }

    /** The platform wants a newer access token. */
    private static final class StaleToken extends RuntimeException {
        private static final long serialVersionUID = 1;

        StaleToken() {
            super("stale token", null, false, false);
        }
    }
}
