package io.guanjia.gateway.media;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import reactor.core.publisher.Flux;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** How a file of ours is handed to a browser: whole or in part, and never as something to run. */
public final class FileAnswer {

    private static final Duration KEPT = Duration.ofDays(1);

    private FileAnswer() {}

    /** Fails with 416 where the request asks for a part that there is not. */
    public static ResponseEntity<Flux<DataBuffer>> to(
            HttpHeaders request, StoredMedia file, MediaFolder folder) {
        var part = Part.asked(request, file);
        return head(file, part).body(folder.read(file, part.from(), part.length()));
    }

    /** Only what a browser shows and cannot run is shown in place; the rest is for download. */
    private static ResponseEntity.BodyBuilder head(StoredMedia file, Part part) {
        var type = type(file);
        var shown =
                type.getType().matches("image|audio|video") && !file.mimeType().equals(Ogg.SPEEX);
        var disposition = shown ? ContentDisposition.inline() : ContentDisposition.attachment();
        if (file.name() != null) {
            disposition.filename(file.name(), StandardCharsets.UTF_8);
        }
        return ResponseEntity.status(part.status())
                .headers(part::describe)
                .eTag(Part.tag(file))
                .contentType(type)
                .contentLength(part.length())
                .cacheControl(CacheControl.maxAge(KEPT).cachePrivate().immutable())
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.build().toString())
                .header("X-Content-Type-Options", "nosniff");
    }

    /** A text is kept with its charset unless that is UTF-8. */
    private static MediaType type(StoredMedia file) {
        var type = MediaType.parseMediaType(file.mimeType());
        return type.getType().equals("text") && type.getCharset() == null
                ? new MediaType(type, StandardCharsets.UTF_8)
                : type;
    }
}
