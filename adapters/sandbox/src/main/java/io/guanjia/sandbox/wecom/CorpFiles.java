package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wecom.CorpMedia.Kept;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.util.stream.Stream;

/** What the calls about temporary files do, and the files as the page shows them. */
final class CorpFiles {

    private CorpFiles() {}

    /** {@code media/upload}. */
    static Mono<ObjectNode> upload(ServerRequest request, CorpMedia files) {
        var type = request.queryParam("type").orElse("");
        return request.multipartData()
                .flatMap(
                        parts -> {
                            var media = parts.getFirst("media");
                            return media == null
                                    ? Mono.error(new CorpRefusal(CorpError.EMPTY_MEDIA))
                                    : DataBufferUtils.join(media.content())
                                            .map(CorpFiles::bytes)
                                            .map(bytes -> keep(type, files, media, bytes));
                        })
                .map(
                        kept ->
                                Json.object()
                                        .put("errcode", 0)
                                        .put("errmsg", "ok")
                                        .put("type", kept.type())
                                        .put("media_id", kept.id())
                                        .put(
                                                "created_at",
                                                Long.toString(kept.at().getEpochSecond())))
                .switchIfEmpty(Mono.error(new CorpRefusal(CorpError.EMPTY_MEDIA)));
    }

    private static Kept keep(String type, CorpMedia files, Part part, byte[] bytes) {
        var name = part instanceof FilePart file ? file.filename() : "media";
        var declared = part.headers().getContentType();
        return files.upload(
                type,
                name,
                declared == null ? "application/octet-stream" : declared.toString(),
                bytes);
    }

    private static byte[] bytes(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /** {@code media/get}. */
    static Mono<ServerResponse> download(Kept file) {
        return ServerResponse.ok()
                .contentType(MediaType.parseMediaType(file.mimeType()))
                .headers(
                        headers ->
                                headers.setContentDisposition(
                                        ContentDisposition.attachment()
                                                .filename(file.name(), UTF_8)
                                                .build()))
                .bodyValue(file.bytes());
    }

    /** For the page: what the phone shows. */
    static Mono<ServerResponse> show(Stream<CorpMedia> files, String id) {
        return files.flatMap(some -> Stream.ofNullable(some.find(id)))
                .findFirst()
                .map(
                        found ->
                                ServerResponse.ok()
                                        .contentType(MediaType.parseMediaType(found.mimeType()))
                                        .header("X-Content-Type-Options", "nosniff")
                                        .bodyValue(found.bytes()))
                .orElseGet(() -> ServerResponse.notFound().build());
    }
}
