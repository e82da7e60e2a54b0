package io.guanjia.adapters.wecom.task;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;

/**
 * What became of one recipient's.
 *
 * @param recipient an external_userid or a chat_id
 * @param reason why it was not sent, in words that {@code Reasons} knows
 * @param member who sent it, or did not
 * @param at when it was sent
 */
public record Outcome(
        String recipient,
        State state,
        @Nullable String reason,
        @Nullable String member,
        @Nullable Instant at) {

    /** How far it has come. All but the first are final. */
    public enum State {
        /** The member has not confirmed it yet. */
        OPEN,
        SENT,
        /** The platform could not, or the member would not. */
        FAILED,
        /** Not confirmed in time, or stopped before. */
        EXPIRED,
        /** Nobody could find out. */
        UNKNOWN;

        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String stored) {
            return valueOf(stored.toUpperCase(Locale.ROOT));
        }
    }

    static final String INVALID = "no customer or group to whom this can be sent";
    static final String NO_FRIEND = "not a friend any more";
    static final String HAD_OTHERS = "the customer has had too many of these";
    static final String LEFT_OUT = "the member left this one out";
    static final String TOO_LATE = "the member did not confirm it in time";
    static final String STOPPED = "the corporation has stopped it";
    static final String NEVER_KNOWN = "the platform did not say what became of it";

    /** Leaves out whom it is about: this ends up in logs. */
    @Override
    public String toString() {
        return "Outcome[" + state + ", " + reason + "]";
    }
}
