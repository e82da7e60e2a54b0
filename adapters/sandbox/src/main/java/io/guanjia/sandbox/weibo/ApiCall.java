package io.guanjia.sandbox.weibo;

import java.time.Duration;
import java.time.Instant;

/**
 * One call of the account's server to the platform.
 *
 * @param number counted per account, from 1
 * @param api its path, such as {@code messages/reply}
 * @param at when it came, by the sandbox's clock
 * @param latency how long the answer took
 * @param status the HTTP status; 0 when there was no answer
 * @param code the {@code error_code}; 0 for success
 * @param request what was asked, without the token
 * @param fault the faults that befell it, or empty
 */
public record ApiCall(
        long number,
        String api,
        Instant at,
        Duration latency,
        int status,
        int code,
        String request,
        String fault) {}
