package io.guanjia.sandbox.weibo;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * One post to the account's server.
 *
 * @param number 1, 2 or 3
 * @param at when it was sent, by the sandbox's clock
 * @param status the HTTP status; null when there was no answer
 * @param body the answer, at most its first 32,000 characters
 */
public record CallbackTry(
        int number, Instant at, Duration latency, @Nullable Integer status, String body) {

    static final int BODY_KEPT = 32_000;

    /** Only status 200 is not tried again. */
    boolean answered() {
        return status != null && status == 200;
    }
}
