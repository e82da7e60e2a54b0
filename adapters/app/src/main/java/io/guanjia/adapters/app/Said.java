package io.guanjia.adapters.app;

import io.guanjia.gateway.message.Content;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A client's message as it came.
 *
 * @param id the client's own, the same for every try
 * @param at when it was written, by the client's clock; null where it does not say
 */
record Said(String id, Content content, @Nullable Instant at, String raw) {

    /** Leaves out what is said: this ends up in logs. */
    @Override
    public String toString() {
        return "Said[" + content.getClass().getSimpleName() + "]";
    }
}
