package io.guanjia.adapters.app;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * What a client gets to see of stored content: the same, but of files only our id, type and size,
 * and nothing of what could not be read.
 */
final class LineView {

    private static final List<String> FILES = List.of("media", "thumbnail");

    private final JsonMapper mapper;

    LineView(JsonMapper mapper) {
        this.mapper = mapper;
    }

    JsonNode of(String stored) {
        var content = mapper.readTree(stored);
        if (!(content instanceof ObjectNode object)) {
            return content;
        }
        object.remove("raw");
        for (var field : FILES) {
            if (object.get(field) instanceof ObjectNode file) {
                object.set(
                        field,
                        mapper.createObjectNode()
                                .put("id", file.path("id").asString(null))
                                .put("mimeType", file.path("mimeType").asString(null))
                                .set("size", file.path("size")));
            }
        }
        return object;
    }
}
