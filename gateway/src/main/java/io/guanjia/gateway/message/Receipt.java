package io.guanjia.gateway.message;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What became of a message we sent, in the platform's word.
 *
 * @param platformId the id the platform gave when it took the message
 * @param deliveryId the id we gave it, where the platform names that as well; null otherwise. It
 *     tells which message this is about when the platform's answer with its id was lost
 * @param reason the platform's reason for a failure, in its own words
 */
public record Receipt(
        Address from,
        String dedupeKey,
        String platformId,
        @Nullable String deliveryId,
        Outcome outcome,
        @Nullable String reason,
        Instant at,
        String raw)
        implements Inbound {

    /** One of a platform that names its own id only. */
    public Receipt(
            Address from,
            String dedupeKey,
            String platformId,
            Outcome outcome,
            @Nullable String reason,
            Instant at,
            String raw) {
        this(from, dedupeKey, platformId, null, outcome, reason, at, raw);
    }

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
