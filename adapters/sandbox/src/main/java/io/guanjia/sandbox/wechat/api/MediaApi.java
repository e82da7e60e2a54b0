package io.guanjia.sandbox.wechat.api;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.MediaStore.Media;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatError;
import io.guanjia.sandbox.wechat.message.Pictures;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Temporary media. Source: 微信开放文档, 新增临时素材 and 获取临时素材. */
final class MediaApi {

    private static final int KILOBYTE = 1024;
    private static final int MEGABYTE = 1024 * KILOBYTE;

    /** The largest file of each type, in bytes. */
    private static final Map<String, Integer> MOST =
            Map.of(
                    "image", 10 * MEGABYTE,
                    "voice", 2 * MEGABYTE,
                    "video", 10 * MEGABYTE,
                    "thumb", 64 * KILOBYTE);

    private final Pictures pictures;

    MediaApi(Pictures pictures) {
        this.pictures = pictures;
    }

    List<Route> routes() {
        return List.of(
                new Route("media/upload", HttpMethod.POST, true, MediaApi::upload),
                Route.get("media/get", this::download));
    }

    private static Mono<ApiAnswer> upload(ApiRequest call) {
        var type = call.query("type");
        var most = MOST.get(type);
        if (most == null) {
            return Mono.just(ApiAnswer.refused(WechatError.INVALID_MEDIA_TYPE));
        }
        return call.http()
                .multipartData()
                .map(parts -> parts.getOrDefault("media", List.of()))
                .flatMap(
                        parts ->
                                parts.isEmpty()
                                        ? Mono.empty()
                                        : take(call, type, most, parts.getFirst()))
                .onErrorReturn(
                        DataBufferLimitException.class,
                        ApiAnswer.refused(WechatError.MEDIA_TOO_LARGE))
                .onErrorReturn(ApiAnswer.refused(WechatError.MEDIA_MISSING))
                .defaultIfEmpty(ApiAnswer.refused(WechatError.MEDIA_MISSING));
    }

    private static Mono<ApiAnswer> take(ApiRequest call, String type, int most, Part part) {
        var name = part instanceof FilePart file ? file.filename() : "media";
        return DataBufferUtils.join(part.content(), most)
                .map(MediaApi::bytes)
                .map(bytes -> keep(call.account(), type, name, bytes));
    }

    private static byte[] bytes(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static ApiAnswer keep(WechatAccount account, String type, String name, byte[] bytes) {
        var format = FileFormat.of(bytes);
        if (format == null || !format.fits(type)) {
            return ApiAnswer.refused(WechatError.INVALID_FILE_TYPE);
        }
        var media = account.media().keep(type, format.mimeType(), name, bytes);
        var idField = type.equals("thumb") ? "thumb_media_id" : "media_id";
        return new ApiAnswer.Fields(
                Json.object()
                        .put("type", type)
                        .put(idField, media.id())
                        .put("created_at", createdAt(account, media).getEpochSecond()));
    }

    private static Instant createdAt(WechatAccount account, Media media) {
        return media.until().minus(account.settings().limits().mediaLife());
    }

    private ApiAnswer download(ApiRequest call) {
        var id = call.query("media_id");
        if (id.isEmpty()) {
            return ApiAnswer.refused(WechatError.MEDIA_ID_MISSING);
        }
        var media = call.account().media().find(id);
        if (media == null) {
            return ApiAnswer.refused(WechatError.INVALID_MEDIA_ID);
        }
        if (media.type().equals("video")) {
            return new ApiAnswer.Fields(Json.object().put("video_url", pictures.address(id)));
        }
        return new ApiAnswer.File(media.mimeType(), media.fileName(), media.bytes());
    }
}
