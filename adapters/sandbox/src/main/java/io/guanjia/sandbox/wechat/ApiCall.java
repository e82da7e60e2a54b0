package io.guanjia.sandbox.wechat;

import java.time.Duration;
import java.time.Instant;

/**
 * One call of the account's server to the platform.
 *
 * @param number counted per account, from 1
 * @param api its path after {@code /cgi-bin/}
 * @param at when it came, by the sandbox's clock
 * @param latency how long the answer took
 * @param status the HTTP status; 0 when there was no answer
 * @param code the {@code errcode}; 0 for success
 * @param request the body, at most its first 4,000 characters
 * @param response likewise; access tokens and secrets are left out of both
 * @param fault the fault that befell it, or empty
 */
public record ApiCall(
        long number,
        String api,
        Instant at,
        Duration latency,
        int status,
        int code,
        String request,
        String response,
        String fault) {

    /** How much of a body is kept. */
    public static final int BODY_KEPT = 4_000;
}
