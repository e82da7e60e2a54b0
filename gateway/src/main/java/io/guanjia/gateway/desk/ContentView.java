package io.guanjia.gateway.desk;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Set;

/**
 * Turns stored content into what is shown: the same, but for files, where the platform's ids and
 * addresses give way to an address of ours.
 */
final class ContentView {

    private static final Set<String> WITH_FILES =
            Set.of("image", "voice", "video", "file", "mini-program");
    private static final List<String> FILES = List.of("media", "thumbnail");

    private final JsonMapper mapper;

    ContentView(JsonMapper mapper) {
        this.mapper = mapper;
    }

    JsonNode of(String stored) {
        var content = mapper.readTree(stored);
        if (content instanceof ObjectNode object
                && WITH_FILES.contains(object.path("type").asString(""))) {
            for (var field : FILES) {
                if (object.get(field) instanceof ObjectNode file) {
                    object.set(field, shown(file));
                }
            }
        }
        return content;
    }

    private ObjectNode shown(ObjectNode file) {
        var id = file.path("id").isString() ? file.path("id").asString() : null;
        return mapper.createObjectNode()
                .put("id", id)
                .put("url", address(id))
                .put("mimeType", file.path("mimeType").asString(null))
                .set("size", file.path("size"));
    }

    private static @Nullable String address(@Nullable String id) {
        return id == null ? null : "/api/v1/media/" + id;
    }
}
