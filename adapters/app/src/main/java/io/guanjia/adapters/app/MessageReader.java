package io.guanjia.adapters.app;

import io.guanjia.adapters.app.Refusal.Code;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads what a client says. Contents of a kind nobody knows yet are kept as they came. */
final class MessageReader {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LONGEST_LABEL = 200;

    private final JsonMapper mapper;

    MessageReader(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Fails with {@link Refusal}. */
    Said read(String frame) {
        try {
            return read(mapper.readTree(frame), frame);
        } catch (JacksonException e) {
            throw new Refusal(Code.MALFORMED);
        }
    }

    /**
     * Fails with {@link Refusal}.
     *
     * @param raw what {@code frame} was read from
     */
    Said read(JsonNode frame, String raw) {
        var id = text(frame, "id");
        var content = frame.path("content");
        if (id == null || !ID.matcher(id).matches() || !content.isObject()) {
            throw new Refusal(Code.MALFORMED);
        }
        return new Said(id, content(content, raw), at(frame), raw);
    }

    private static Content content(JsonNode content, String raw) {
        return switch (required(content, "type")) {
            case "text" -> new Content.Text(words(content));
            case "choice" -> new Content.Choice(label(content, "id"), label(content, "label"));
            case "image" -> new Content.Image(file(content));
            case "voice" -> new Content.Voice(file(content), null, null);
            case "video" -> new Content.Video(file(content), null, null, null);
            case "file" -> new Content.File(file(content), null, null);
            case "location" ->
                    new Content.Location(
                            degrees(content, "latitude", 90),
                            degrees(content, "longitude", 180),
                            shortened(text(content, "label")),
                            null);
            default -> new Content.Unreadable(raw);
        };
    }

    private static String words(JsonNode content) {
        var body = required(content, "body");
        if (body.length() > AppAccount.MOST_WORDS) {
            throw new Refusal(Code.TOO_LONG);
        }
        return body;
    }

    private static String label(JsonNode content, String field) {
        var label = required(content, field);
        if (label.length() > LONGEST_LABEL) {
            throw new Refusal(Code.TOO_LONG);
        }
        return label;
    }

    /** Only the id counts: what the file is, we know ourselves. */
    private static Media file(JsonNode content) {
        try {
            var id = UUID.fromString(required(content.path("media"), "id"));
            return new Media(id.toString(), null, null, null, null);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Code.NO_SUCH_FILE);
        }
    }

    private static double degrees(JsonNode content, String field, int most) {
        var value = content.path(field);
        if (!value.isNumber() || Math.abs(value.asDouble()) > most) {
            throw new Refusal(Code.MALFORMED);
        }
        return value.asDouble();
    }

    private static @Nullable Instant at(JsonNode frame) {
        var at = text(frame, "at");
        try {
            return at == null ? null : Instant.parse(at);
        } catch (DateTimeParseException e) {
            throw new Refusal(Code.MALFORMED);
        }
    }

    private static String required(JsonNode from, String field) {
        var value = text(from, field);
        if (value == null || value.isBlank()) {
            throw new Refusal(Code.MALFORMED);
        }
        return value;
    }

    private static @Nullable String text(JsonNode from, String field) {
        var value = from.path(field);
        return value.isString() ? value.asString() : null;
    }

    private static @Nullable String shortened(@Nullable String label) {
        return label == null || label.length() <= LONGEST_LABEL
                ? label
                : label.substring(0, label.offsetByCodePoints(0, LONGEST_LABEL / 2));
    }
}
