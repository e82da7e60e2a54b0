package io.guanjia.adapters.weibo;

import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.message.Media;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Takes pictures and voice notes of customers from the platform, by our copy's id ({@code tovfid}).
 * Only ever asks the account's own upload host. Source: 微博开放平台, 接收普通消息.
 */
final class MediaDownload {

    private static final String PATH = "/2/mss/msget";

    private static final long MOST_BYTES = 32L * 1024 * 1024;

    /** Errors are some 100 bytes. */
    private static final long MOST_BYTES_OF_AN_ERROR = 64L * 1024;

    /** What customers can send. Not among them: anything a browser would run. */
    private static final Set<String> TYPES =
            Set.of(
                    "image/jpeg",
                    "image/jpg",
                    "image/png",
                    "image/gif",
                    "image/webp",
                    "image/bmp",
                    "audio/amr",
                    "audio/mpeg",
                    "audio/mp3",
                    "audio/mp4",
                    "audio/aac",
                    "application/octet-stream");

    private static final NettyDataBufferFactory BUFFERS =
            new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

    private final HttpClient client;
    private final String base;
    private final AccessToken token;
    private final JsonMapper json;
    private final Clock clock;

    MediaDownload(
            WeiboAccount account,
            AccessToken token,
            ConnectionProvider connections,
            JsonMapper json,
            Clock clock) {
        this.client = HttpClient.create(connections).responseTimeout(account.timeout());
        this.base = account.uploads().toString().replaceAll("/+$", "");
        this.token = token;
        this.json = json;
        this.clock = clock;
    }

    /** Hands a file to {@code use}. Fails with {@link MediaUnavailable} or as that does. */
    <T> Mono<T> fetch(Media media, Function<MediaStream, Mono<T>> use) {
        var fid = media.platformId();
        if (fid == null) {
            return Mono.error(new MediaUnavailable("the platform offers no file", true));
        }
        var address = base + PATH + "?" + token.parameter() + "&fid=" + ReplyWriter.encoded(fid);
        return client.get()
                .uri(address)
                .responseConnection(
                        (response, connection) ->
                                opened(response, connection.inbound().receive(), use)
                                        .doFinally(end -> connection.dispose()))
                .next()
                .onErrorMap(
                        MediaDownload::isOfTheNetwork,
                        // Its own text holds the address and with it the token.
                        error -> new MediaUnavailable("the platform does not answer", false));
    }

    /** Errors come as JSON, whatever the status. */
    private <T> Mono<T> opened(
            HttpClientResponse response, ByteBufFlux body, Function<MediaStream, Mono<T>> use) {
        var status = response.status().code();
        var type = mimeType(response);
        if (status != 200 || type.endsWith("/json") || type.startsWith("text/")) {
            return limited(body, MOST_BYTES_OF_AN_ERROR)
                    .map(MediaDownload::bytes)
                    .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                    .flatMap(all -> Mono.error(reason(new ApiAnswer(status, all.toByteArray()))));
        }
        if (!TYPES.contains(type)) {
            return Mono.error(new MediaUnavailable("files of this type are not taken", true));
        }
        var size = size(response);
        if (size != null && size > MOST_BYTES) {
            return Mono.error(tooLarge());
        }
        var bytes = limited(body, MOST_BYTES).<DataBuffer>map(part -> BUFFERS.wrap(part.retain()));
        return use.apply(new MediaStream(null, type, size, bytes));
    }

    private static Flux<ByteBuf> limited(ByteBufFlux body, long most) {
        return Flux.defer(
                () -> {
                    var left = new AtomicLong(most);
                    return body.<ByteBuf>handle(
                            (part, sink) -> {
                                if (left.addAndGet(-part.readableBytes()) < 0) {
                                    sink.error(tooLarge());
                                } else {
                                    sink.next(part);
                                }
                            });
                });
    }

    private static byte[] bytes(ByteBuf part) {
        var bytes = new byte[part.readableBytes()];
        part.readBytes(bytes);
        return bytes;
    }

    private MediaUnavailable reason(ApiAnswer answer) {
        var body = Answered.read(answer, json);
        var code = body == null ? 0 : Answered.error(body);
        if (code == 0) {
            return MediaUnavailable.answered(answer.status());
        }
        var error = WeiboError.of(code);
        if (error == WeiboError.TOKEN_REFUSED) {
            token.refused();
        }
        var now = clock.instant();
        return MediaUnavailable.of(error.toException(PATH, WeiboError.describe(code), now), now);
    }

    private static String mimeType(HttpClientResponse response) {
        var header = response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE);
        return header == null
                ? "application/octet-stream"
                : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long size(HttpClientResponse response) {
        try {
            return Long.valueOf(
                    response.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH, "").strip());
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
}
