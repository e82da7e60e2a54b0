package io.guanjia.trials.faults;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * One message that a customer wrote, and what its platform heard from us.
 *
 * @param openid who wrote; offers of one customer are in the order in which they were written
 * @param at when
 * @param tries how often the platform called
 * @param heard what came of each try, for whoever asks why
 * @param acknowledgedAfter how long after the first try the platform had its acknowledgement; null
 *     when it gave up
 * @param answer the words that the customer is to see once, and that answer no other message of
 *     theirs; null where nobody answers
 */
public record Offer(
        String openid,
        String msgId,
        Instant at,
        int tries,
        String heard,
        @Nullable Duration acknowledgedAfter,
        @Nullable String answer) {

    /** The same, to which nobody answers. */
    public Offer unanswered() {
        return new Offer(openid, msgId, at, tries, heard, acknowledgedAfter, null);
    }

    boolean acknowledged() {
        return acknowledgedAfter != null;
    }
}
