package io.guanjia.gateway.journal;

import org.jspecify.annotations.Nullable;

/** Nothing durable could be had in time. Whoever sent the message has to send it again. */
public final class JournalUnavailable extends RuntimeException {

    JournalUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
