package io.guanjia.sandbox.wechat.callback;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * One post to the account's server.
 *
 * @param number 1, 2 or 3
 * @param at when it was sent, by the sandbox's clock
 * @param status the HTTP status, when there was an answer
 * @param body the answer, at most its first 4,000 characters; for an unreachable server, why
 */
public record CallbackTry(
        int number,
        String url,
        Instant at,
        Duration latency,
        Result result,
        @Nullable Integer status,
        String body) {

    /** What became of it. Only {@link #ANSWERED} is not tried again. */
    public enum Result {
        /** Status 200 in time, whatever the body. */
        ANSWERED,
        /** Any other status: the platform takes 201 for a failure, too. */
        BAD_STATUS,
        /** No complete answer in time. The connection was closed. */
        TIMED_OUT,
        /** No connection, or it broke. */
        UNREACHABLE
    }

    static final int BODY_KEPT = 4_000;
}
