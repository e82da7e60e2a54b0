package io.guanjia.gateway.message;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What became of a message we sent, in the platform's word.
 *
 * @param platformId the id the platform gave when it took the message
 * @param reason the platform's reason for a failure, in its own words
 */
public record Receipt(
        Address from,
        String dedupeKey,
        String platformId,
        Outcome outcome,
        @Nullable String reason,
        Instant at,
        String raw)
        implements Inbound {

    public enum Outcome {
        DELIVERED,
        READ,
        FAILED
    }

    /** Leaves out the payload: this ends up in logs. */
    @Override
    public String toString() {
        return "Receipt[from=" + from + ", " + outcome + "]";
    }
}
