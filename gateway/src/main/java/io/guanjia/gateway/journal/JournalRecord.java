package io.guanjia.gateway.journal;

import io.guanjia.gateway.message.Inbound;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;

/**
 * One thing that came in.
 *
 * @param answerBy until when an answer can still go back in the callback's own response; null when
 *     it cannot
 */
public record JournalRecord(Inbound inbound, @Nullable Instant answerBy) {

    /** Also holds for what is read: a record without it is not one of ours. */
    public JournalRecord {
        Objects.requireNonNull(inbound, "inbound");
    }
}
