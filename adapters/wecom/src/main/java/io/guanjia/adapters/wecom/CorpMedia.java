package io.guanjia.adapters.wecom;

import io.guanjia.gateway.channel.AccountToken.Stale;
import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.ApiClient.Download;
import io.guanjia.gateway.channel.Capabilities.Files;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.FileForm;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.message.Media;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.ContentDisposition;

import reactor.core.publisher.Mono;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Temporary files (临时素材): hands ours to the platform and takes customers' from it, streamed. The
 * platform keeps them for three days. Source: 企业微信开发者中心, 上传临时素材 (90253), 获取临时素材 (90254).
 */
public final class CorpMedia {

    /** With the send that follows less than the gateway gives a delivery. */
    private static final Duration UPLOAD_TIMEOUT = Duration.ofSeconds(12);

    /** The platform's largest. */
    private static final long MAX_FILE = 20L * 1024 * 1024;

    private static final NettyDataBufferFactory BUFFERS =
            new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

    /** What the platform takes, in bytes and by type. */
    public enum Kind {
        IMAGE("image", 10L * 1024 * 1024, Map.of("image/jpeg", "jpg", "image/png", "png")),
        VOICE("voice", 2L * 1024 * 1024, Map.of("audio/amr", "amr")),
        VIDEO("video", 10L * 1024 * 1024, Map.of("video/mp4", "mp4")),
        /** Of any type. */
        FILE("file", MAX_FILE, Map.of());

        private final String word;
        private final long limit;
        private final Map<String, String> extensions;

        Kind(String word, long limit, Map<String, String> extensions) {
            this.word = word;
            this.limit = limit;
            this.extensions = extensions;
        }

        /** The same as every channel says it. */
        public Files files() {
            return new Files(extensions.keySet(), limit);
        }

        boolean takes(String type) {
            return extensions.isEmpty() || extensions.containsKey(type);
        }

        String fileName(@Nullable String given, String type) {
            return given == null || this != FILE
                    ? "file." + extensions.getOrDefault(type, "bin")
                    : given;
        }
    }

    private final CorpApi api;
    private final ApiClient http;
    private final MediaStore files;
    private final Clock clock;

    public CorpMedia(CorpApi api, ApiClient http, MediaStore files, Clock clock) {
        this.api = api;
        this.http = http;
        this.files = files;
        this.clock = clock;
    }

    /**
     * The platform's id for a file. One it has already keeps its id unless {@code afresh}, which
     * uploads again what we hold.
     *
     * @param name what the customer sees; the file's own name where it is null
     */
    public Mono<String> place(Kind kind, Media media, @Nullable String name, boolean afresh) {
        var known = media.platformId();
        var id = media.id();
        if (known != null && (id == null || !afresh)) {
            return Mono.just(known);
        }
        if (id == null) {
            return Mono.error(
                    new Refused("the file is not on the platform and not in our storage"));
        }
        return place(
                kind,
                files.open(id)
                        .onErrorMap(MediaUnavailable.class, CorpMedia::missing)
                        .map(
                                file ->
                                        name == null
                                                ? file
                                                : new MediaStream(
                                                        name,
                                                        file.mimeType(),
                                                        file.size(),
                                                        file.bytes())));
    }

    /** Uploads a file of our own making. */
    public Mono<String> place(Kind kind, Mono<MediaStream> opening) {
        // Opened inside the call: a second try with a fresh token reads the file from the start.
        return api.call(
                        "media/upload",
                        token ->
                                opening.flatMap(file -> fitting(kind, file))
                                        .flatMap(
                                                file ->
                                                        http.upload(
                                                                CorpApi.address(
                                                                                "media/upload",
                                                                                token)
                                                                        + "&type="
                                                                        + kind.word,
                                                                form(kind, file),
                                                                UPLOAD_TIMEOUT))
                                        .map(CorpApi::json))
                .map(answer -> answer.path("media_id").asString(""))
                .filter(mediaId -> !mediaId.isEmpty())
                .switchIfEmpty(Mono.error(() -> new Unavailable("the upload brought no id")))
                .onErrorMap(
                        // No message has been sent yet, so nothing is in doubt.
                        OutcomeUnknown.class,
                        unknown -> new Unavailable("upload: " + unknown.reason()));
    }

    private static FileForm form(Kind kind, MediaStream file) {
        return new FileForm(
                "media",
                kind.fileName(file.name(), file.mimeType()),
                file,
                kind.limit,
                () -> tooLarge(kind));
    }

    private static Mono<MediaStream> fitting(Kind kind, MediaStream file) {
        if (!kind.takes(file.mimeType())) {
            return Mono.error(new Refused("of a type the platform does not take: " + kind.word));
        }
        var size = file.size();
        return size == null || size <= kind.limit ? Mono.just(file) : Mono.error(tooLarge(kind));
    }

    private static Refused tooLarge(Kind kind) {
        return new Refused(
                "larger than the platform takes: " + kind.word + ", " + kind.limit + " bytes");
    }

    private static DeliveryException missing(MediaUnavailable error) {
        return error.lasting() ? new Refused(error.reason()) : new Unavailable(error.reason());
    }

    /**
     * Hands a customer's file to {@code use}. Fails with {@link MediaUnavailable} or as that does.
     */
    public <T> Mono<T> fetch(Media media, Function<MediaStream, Mono<T>> use) {
        var id = media.platformId();
        if (id == null) {
            return Mono.error(new MediaUnavailable("the platform offers no file", true));
        }
        return api.token()
                .use(token -> get(id, token, use))
                .onErrorMap(DeliveryException.class, this::noToken)
                .onErrorMap(
                        Stale.class,
                        stale -> new MediaUnavailable("the access token is rejected", false));
    }

    private <T> Mono<T> get(String id, String token, Function<MediaStream, Mono<T>> use) {
        return http.download(
                CorpApi.address("media/get", token)
                        + "&media_id="
                        + URLEncoder.encode(id, StandardCharsets.UTF_8),
                answer -> opened(answer, use));
    }

    /** Errors come as JSON with status 200. */
    private <T> Mono<T> opened(Download answer, Function<MediaStream, Mono<T>> use) {
        if (answer.status() != 200) {
            return Mono.error(MediaUnavailable.answered(answer.status()));
        }
        var headers = answer.headers();
        var disposition = headers.get(HttpHeaderNames.CONTENT_DISPOSITION);
        var type = mimeType(headers.get(HttpHeaderNames.CONTENT_TYPE));
        if (disposition == null && (type.equals("application/json") || type.equals("text/plain"))) {
            return answer.small().flatMap(body -> Mono.error(error(body)));
        }
        var size = size(headers.get(HttpHeaderNames.CONTENT_LENGTH));
        if (size != null && size > MAX_FILE) {
            return Mono.error(new MediaUnavailable("the file is too large", true));
        }
        return use.apply(
                new MediaStream(
                        name(disposition),
                        type,
                        size,
                        answer.body().retain().<DataBuffer>map(BUFFERS::wrap)));
    }

    private RuntimeException error(byte[] body) {
        int code;
        try {
            code = JsonMapper.shared().readTree(body).path("errcode").asInt(-1);
        } catch (JacksonException e) {
            return new MediaUnavailable("the platform's answer cannot be read", false);
        }
        var error = CorpError.of(code);
        return error == CorpError.STALE_TOKEN
                ? new Stale(code)
                : unavailable(error.toException("media/get", CorpError.describe(code)));
    }

    private static String mimeType(@Nullable String header) {
        return header == null
                ? "application/octet-stream"
                : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String name(@Nullable String disposition) {
        if (disposition == null) {
            return null;
        }
        try {
            var name = ContentDisposition.parse(disposition).getFilename();
            // Headers are read as Latin-1, and the platform writes UTF-8.
            return name == null || !name.chars().allMatch(c -> c < 256)
                    ? name
                    : new String(
                            name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Long size(@Nullable String header) {
        try {
            return header == null ? null : Long.valueOf(header.strip());
        } catch (NumberFormatException e) {
            return null;
        }
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
