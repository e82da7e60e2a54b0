package io.guanjia.gateway.channel;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * A delivery that failed, typed by what to do next rather than by the channel's error code.
 *
 * <p>{@link #reason()} is for people at the desk: the platform's code and a few words, never a
 * token, an openid or what the message said.
 */
public abstract sealed class DeliveryException extends RuntimeException {

    private final String reason;

    private DeliveryException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    /** Too fast. Send again after {@link #retryAfter}. */
    public static final class Throttled extends DeliveryException {
        private final Duration retryAfter;
        private final boolean alone;

        /** Everything that goes this way has to wait. */
        public Throttled(String reason, Duration retryAfter) {
            this(reason, retryAfter, false);
        }

        private Throttled(String reason, Duration retryAfter, boolean alone) {
            super(reason);
            this.retryAfter = retryAfter;
            this.alone = alone;
        }

        /**
         * Only this message has to wait: its party has had enough, or it is not the hour for it.
         */
        public static Throttled alone(String reason, Duration retryAfter) {
            return new Throttled(reason, retryAfter, true);
        }

        public Duration retryAfter() {
            return retryAfter;
        }

        /** Whether others need not wait because of this one. */
        public boolean isAlone() {
            return alone;
        }
    }

    /**
     * The platform is busy or out of reach and certainly has not taken it. Try again, with
     * back-off.
     */
    public static final class Unavailable extends DeliveryException {
        private final int mostRetries;

        /** As often as the gateway thinks fit. */
        public Unavailable(String reason) {
            this(reason, Integer.MAX_VALUE);
        }

        /**
         * @param mostRetries after how many more tries the platform is to be left alone with it
         */
        public Unavailable(String reason, int mostRetries) {
            super(reason);
            this.mostRetries = mostRetries;
        }

        public int mostRetries() {
            return mostRetries;
        }
    }

    /** The reply window is closed or used up. It can go out once the customer writes again. */
    public static final class WindowClosed extends DeliveryException {
        public WindowClosed(String reason) {
            super(reason);
        }
    }

    /** This party cannot be reached on this channel any more. Another channel may. */
    public static final class Unreachable extends DeliveryException {
        public Unreachable(String reason) {
            super(reason);
        }
    }

    /** The channel will never take this message: too long, content banned, malformed. */
    public static final class Refused extends DeliveryException {
        private final boolean unsafe;

        public Refused(String reason) {
            this(reason, false);
        }

        private Refused(String reason, boolean unsafe) {
            super(reason);
            this.unsafe = unsafe;
        }

        /**
         * For what it says: the platform finds it against the law or its rules. Somebody should
         * look, since repeating it can cost the account.
         */
        public static Refused unsafe(String reason) {
            return new Refused(reason, true);
        }

        public boolean isUnsafe() {
            return unsafe;
        }
    }

    /**
     * Nothing goes out this way until something changes: the daily quota is used up, the secret is
     * wrong, the capability was withdrawn. The message is not at fault and waits; but where an API
     * is blocked that it only needs besides, such as that for files, it ends with the reason.
     */
    public static final class Blocked extends DeliveryException {
        private final @Nullable String api;
        private final @Nullable Instant until;

        /**
         * @param api the API that is blocked, null for the whole account
         * @param until when the platform will take messages again by itself, null when a person has
         *     to act
         */
        public Blocked(String reason, @Nullable String api, @Nullable Instant until) {
            super(reason);
            this.api = api;
            this.until = until;
        }

        public @Nullable String api() {
            return api;
        }

        public @Nullable Instant until() {
            return until;
        }
    }

    /**
     * No answer, so it may have arrived. Resending could reach the customer twice: leave it to a
     * person.
     */
    public static final class OutcomeUnknown extends DeliveryException {
        public OutcomeUnknown(String reason) {
            super(reason);
        }
    }
}
