package io.guanjia.sandbox.weibo;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether an account may write to somebody: without limit within 48 hours of a message, a follow or
 * subscription, a click in the menu or a scan; once within 48 hours of a mention. Not safe for use
 * by several threads.
 */
final class ReplyWindow {

    private static final Duration LIFE = Duration.ofHours(48);

    private @Nullable Instant openUntil;
    private @Nullable Instant onceUntil;

    /** What a deed of the customer opens. */
    enum Opening {
        /** Any number of messages. */
        WIDE,
        /** One message. */
        ONCE,
        NONE
    }

    void open(Opening opening, Instant now) {
        switch (opening) {
            case WIDE -> openUntil = now.plus(LIFE);
            case ONCE -> onceUntil = now.plus(LIFE);
            case NONE -> {}
        }
    }

    void close() {
        openUntil = null;
        onceUntil = null;
    }

    /** Counts one message, unless it may not be sent. */
    boolean take(Instant now) {
        if (openUntil != null && now.isBefore(openUntil)) {
            return true;
        }
        if (onceUntil != null && now.isBefore(onceUntil)) {
            onceUntil = null;
            return true;
        }
        return false;
    }
}
