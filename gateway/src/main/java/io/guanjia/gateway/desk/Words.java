package io.guanjia.gateway.desk;

import io.guanjia.gateway.desk.InvalidRequest.Reason;
import io.guanjia.gateway.media.StoredMedia;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads what a person at the desk wants to say. Only kinds that make sense from a person, and only
 * files that are here and that they may see: an address or a platform's id from a browser is never
 * believed. What a card links to is the customer's to open: nothing of ours ever does.
 */
@Component
final class Words {

    static final int LONGEST = 5000;

    private static final String ANY = "";

    private final DeskFiles files;

    Words(DeskFiles files) {
        this.files = files;
    }

    /** Fails with {@link InvalidRequest}, naming the field. */
    Mono<Content> read(JsonNode content, Viewer viewer) {
        if (!content.isObject()) {
            return wrong("content", Reason.MALFORMED);
        }
        return switch (content.path("type").asString("")) {
            case "text" -> Mono.just(new Content.Text(words(content, "body")));
            case "image" ->
                    withFile(content, viewer, "image/", file -> new Content.Image(media(file)));
            case "voice" ->
                    withFile(
                            content,
                            viewer,
                            "audio/",
                            file -> new Content.Voice(media(file), null, null));
            case "video" ->
                    withFile(
                            content,
                            viewer,
                            "video/",
                            file ->
                                    new Content.Video(
                                            media(file),
                                            null,
                                            optional(content, "title"),
                                            optional(content, "description")));
            case "file" ->
                    withFile(
                            content,
                            viewer,
                            ANY,
                            file ->
                                    new Content.File(
                                            media(file), name(content, file), file.size()));
            case "link" ->
                    Mono.just(
                            new Content.Link(
                                    words(content, "title"),
                                    optional(content, "description"),
                                    address(words(content, "url"), "url"),
                                    picture(content)));
            case "mini-program" ->
                    Mono.just(
                            new Content.MiniProgram(
                                    words(content, "title"),
                                    words(content, "appid"),
                                    words(content, "path"),
                                    null));
            case "" -> wrong("content.type", Reason.MISSING);
            default -> wrong("content.type", Reason.UNKNOWN);
        };
    }

    /**
     * @param family what the file's type has to begin with: what it is, its content has said
     */
    private Mono<Content> withFile(
            JsonNode content, Viewer viewer, String family, Function<StoredMedia, Content> kind) {
        var id = content.path("media").path("id");
        if (!id.isString()) {
            return wrong("content.media.id", Reason.MISSING);
        }
        UUID file;
        try {
            file = UUID.fromString(id.asString());
        } catch (IllegalArgumentException e) {
            return wrong("content.media.id", Reason.MALFORMED);
        }
        return files.find(file, viewer)
                .switchIfEmpty(wrong("content.media.id", Reason.UNKNOWN))
                .filter(kept -> kept.mimeType().startsWith(family))
                .switchIfEmpty(wrong("content.media.id", Reason.MALFORMED))
                .map(kind);
    }

    private static Media media(StoredMedia file) {
        return new Media(file.id().toString(), null, null, file.mimeType(), file.size());
    }

    private static @Nullable String name(JsonNode content, StoredMedia file) {
        var name = optional(content, "name");
        return name == null || name.isBlank() ? file.name() : name;
    }

    static String words(JsonNode content, String field) {
        var words = optional(content, field);
        if (words == null || words.isBlank()) {
            throw new InvalidRequest("content." + field, Reason.MISSING);
        }
        return words;
    }

    static @Nullable String optional(JsonNode content, String field) {
        var value = content.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString() || value.asString().length() > LONGEST) {
            throw new InvalidRequest("content." + field, Reason.MALFORMED);
        }
        return value.asString();
    }

    private static @Nullable String picture(JsonNode content) {
        var picture = optional(content, "picture");
        return picture == null ? null : address(picture, "picture");
    }

    /** Of a page that anybody can open: what stands before an "@" only looks like a host. */
    private static String address(String value, String field) {
        try {
            var address = new URI(value);
            var scheme = address.getScheme();
            var host = address.getRawAuthority();
            if (("https".equals(scheme) || "http".equals(scheme))
                    && host != null
                    && !host.contains("@")) {
                return value;
            }
        } catch (java.net.URISyntaxException e) {
            // Said below.
        }
        throw new InvalidRequest("content." + field, Reason.MALFORMED);
    }

    private static <T> Mono<T> wrong(String field, Reason reason) {
        return Mono.error(new InvalidRequest(field, reason));
    }
}
