package io.guanjia.sandbox.app;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.phone.PhoneLine;
import io.guanjia.sandbox.phone.PhoneLine.Option;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the app shows a line of the thread. */
final class LineReader {

    private LineReader() {}

    static PhoneLine read(JsonNode item) {
        var content = item.path("content");
        var type = Json.text(content, "type");
        var at = Instant.parse(Json.text(item, "at"));
        var from = Json.text(item, "from");
        var mine = from.equals("customer");
        return new PhoneLine(
                at,
                mine,
                kind(type),
                text(type, content),
                type.equals("link") ? Json.text(content, "url") : null,
                options(content),
                mine ? null : author(from, item));
    }

    /** The signed address of a file that goes with a line, relative; null where there is none. */
    static @Nullable String fileOf(JsonNode item) {
        var url = item.path("content").path("media").path("url");
        return url.isString() ? url.asString() : null;
    }

    private static String kind(String type) {
        return switch (type) {
            case "text", "image", "voice", "video", "file", "location" -> type;
            case "link", "native" -> "card";
            case "suggestions" -> "menu";
            case "choice" -> "text";
            default -> "file";
        };
    }

    private static String text(String type, JsonNode content) {
        return switch (type) {
            case "text" -> Json.text(content, "body");
            case "choice", "location" -> Json.text(content, "label");
            case "link" -> joined(content, "title", "description");
            case "suggestions" -> joined(content, "text", "tail");
            case "file" -> Json.text(content, "name");
            case "native" -> Json.text(content, "kind");
            case "image", "voice", "video" -> "";
            default -> type;
        };
    }

    private static String joined(JsonNode content, String... fields) {
        return Stream.of(fields)
                .map(field -> Json.text(content, field))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static List<Option> options(JsonNode content) {
        return content.path("options")
                .valueStream()
                .map(option -> new Option(Json.text(option, "id"), Json.text(option, "label")))
                .toList();
    }

    /** An agent by name, as the app writes it above the bubble; else the page's word for it. */
    private static String author(String from, JsonNode item) {
        var name = Json.text(item, "name");
        return name.isEmpty() ? from : name;
    }
}
