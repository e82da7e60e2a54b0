package io.guanjia.weixin.api;

import io.guanjia.gateway.channel.Capabilities.Files;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.channel.PlainPicture;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;

/**
 * Hands files of ours to the platform (上传临时素材). Streams them: the platform's limits are in
 * megabytes and many can be under way.
 */
public final class MediaTransfer {

    /** What the platform takes (微信开放文档, 上传临时素材), in bytes and by type. */
    public enum Kind {
        IMAGE(
                "image",
                10_485_760,
                Map.of(
                        "image/jpeg",
                        "jpg",
                        "image/png",
                        "png",
                        "image/gif",
                        "gif",
                        "image/bmp",
                        "bmp")),
        VOICE("voice", 2_097_152, Map.of("audio/amr", "amr", "audio/mpeg", "mp3")),
        VIDEO("video", 10_485_760, Map.of("video/mp4", "mp4")),
        THUMB("thumb", 65_536, Map.of("image/jpeg", "jpg"));

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
    }

    /**
     * For all that one message has to upload. With the send that follows it is less than the
     * gateway gives a delivery, so that a slow upload is one that may be tried again, and not a
     * message that may have arrived.
     */
    private static final Duration TIMEOUT = Duration.ofSeconds(12);

    private final WeixinApi api;
    private final WeixinHttp http;
    private final MediaStore files;
    private final Kind thumbnails;
    private final PlainPicture plainStill;
    private final PlainPicture plainCard;

    MediaTransfer(WeixinApi api, WeixinHttp http, MediaStore files, Kind thumbnails, Clock clock) {
        this.api = api;
        this.http = http;
        this.files = files;
        this.thumbnails = thumbnails;
        this.plainStill = plain("film.jpg", clock);
        this.plainCard = plain("card.jpg", clock);
    }

    private static PlainPicture plain(String name, Clock clock) {
        return new PlainPicture(MediaTransfer.class, name, "image/jpeg", clock);
    }

    /**
     * The same content with all its media on the platform. What has a platform id keeps it unless
     * {@code afresh}, which uploads again everything that we hold. A film or a card without a
     * picture gets one of ours: 客服消息 takes neither without {@code thumb_media_id}. Fails with
     * {@link DeliveryException}.
     */
    Mono<Content> placed(Content content, boolean afresh) {
        return uploaded(content, afresh)
                .timeout(TIMEOUT)
                .onErrorMap(TimeoutException.class, late -> new Unavailable("upload: too slow"));
    }

    private Mono<Content> uploaded(Content content, boolean afresh) {
        return switch (content) {
            case Content.Image image ->
                    place(Kind.IMAGE, image.media(), afresh).map(Content.Image::new);
            case Content.Voice voice ->
                    place(Kind.VOICE, voice.media(), afresh)
                            .map(
                                    media ->
                                            new Content.Voice(
                                                    media, voice.recognition(), voice.format()));
            case Content.Video video -> video(video, afresh);
            case Content.MiniProgram program ->
                    thumbnail(program.thumbnail(), plainCard, afresh)
                            .map(
                                    media ->
                                            new Content.MiniProgram(
                                                    program.title(),
                                                    program.appid(),
                                                    program.path(),
                                                    media));
            default -> Mono.just(content);
        };
    }

    private Mono<Content> video(Content.Video video, boolean afresh) {
        return place(Kind.VIDEO, video.media(), afresh)
                .flatMap(
                        media ->
                                thumbnail(video.thumbnail(), plainStill, afresh)
                                        .map(
                                                still ->
                                                        new Content.Video(
                                                                media,
                                                                still,
                                                                video.title(),
                                                                video.description())));
    }

    private Mono<Media> thumbnail(@Nullable Media own, PlainPicture plain, boolean afresh) {
        return own == null
                ? plain.place(picture -> upload(thumbnails, picture), afresh)
                        .map(platformId -> Media.onPlatform(platformId, null))
                : place(thumbnails, own, afresh);
    }

    private Mono<Media> place(Kind kind, Media media, boolean afresh) {
        var id = media.id();
        if (id == null || (media.platformId() != null && !afresh)) {
            return Mono.just(media);
        }
        return upload(kind, Mono.defer(() -> open(kind, id)))
                .map(
                        platformId ->
                                new Media(
                                        id,
                                        platformId,
                                        media.source(),
                                        media.mimeType(),
                                        media.size()));
    }

    private Mono<String> upload(Kind kind, Mono<MediaStream> opening) {
        // Opened inside the call: a second try with a fresh token reads the file from the start.
        return api.call(Api.MEDIA_UPLOAD, token -> opening.flatMap(file -> post(kind, token, file)))
                .map(answer -> mediaId(kind, answer))
                .onErrorMap(
                        // No message has been sent yet, so nothing is in doubt.
                        DeliveryException.OutcomeUnknown.class,
                        unknown -> new Unavailable("upload: " + unknown.reason()));
    }

    private Mono<MediaStream> open(Kind kind, String id) {
        return files.open(id)
                .onErrorMap(MediaUnavailable.class, MediaTransfer::missing)
                .flatMap(
                        file ->
                                kind.extensions.containsKey(file.mimeType())
                                        ? Mono.just(file)
                                        : Mono.error(
                                                new Refused(
                                                        "of a type the platform does not take: "
                                                                + kind.word)))
                .flatMap(
                        file ->
                                file.size() == null || file.size() <= kind.limit
                                        ? Mono.just(file)
                                        : Mono.error(tooLarge(kind)));
    }

    private static DeliveryException missing(MediaUnavailable error) {
        return error.lasting() ? new Refused(error.reason()) : new Unavailable(error.reason());
    }

    private static Refused tooLarge(Kind kind) {
        return new Refused(
                "larger than the platform takes: " + kind.word + ", " + kind.limit + " bytes");
    }

    /**
     * One part named {@code media}. Written by hand because Netty's encoder wants whole files; the
     * name is ours, so nothing of the customer's gets into a header.
     */
    private Mono<JsonNode> post(Kind kind, String token, MediaStream file) {
        var boundary =
                "guanjia-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        var head =
                "--"
                        + boundary
                        + "\r\nContent-Disposition: form-data; name=\"media\"; filename=\"file."
                        + kind.extensions.get(file.mimeType())
                        + "\"\r\nContent-Type: "
                        + file.mimeType()
                        + "\r\n\r\n";
        var tail = "\r\n--" + boundary + "--\r\n";
        var counted = Bounded.atMost(file.bytes(), kind.limit, () -> tooLarge(kind));
        return http.upload(
                Api.MEDIA_UPLOAD,
                token,
                "&type=" + kind.word,
                "multipart/form-data; boundary=" + boundary,
                file.size() == null ? null : head.length() + file.size() + tail.length(),
                Flux.concat(
                        Mono.fromSupplier(() -> ascii(head)),
                        counted.map(NettyDataBufferFactory::toByteBuf),
                        Mono.fromSupplier(() -> ascii(tail))),
                TIMEOUT);
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String mediaId(Kind kind, JsonNode answer) {
        var id = answer.path("media_id").asString("");
        // A thumbnail's id comes under a name of its own.
        var found = id.isEmpty() ? answer.path("thumb_media_id").asString("") : id;
        if (found.isEmpty()) {
            throw new Unavailable("the upload brought no id: " + kind.word);
        }
        return found;
    }
}
