package io.guanjia.gateway.outbound;

import io.guanjia.gateway.message.Content;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.util.Optional;

/** Reads what a stored message says. */
final class StoredContent {

    private final JsonMapper json;

    StoredContent(JsonMapper json) {
        this.json = json;
    }

    /** Empty where it was stored in a form that this release cannot read. */
    Optional<Content> read(String stored) {
        try {
            return Optional.of(json.readValue(stored, Content.class));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
