package io.guanjia.sandbox.wecom;

import java.time.Duration;
import java.time.Instant;

/**
 * One call of the server's.
 *
 * @param api its path after {@code /cgi-bin/}
 * @param status the HTTP status; 0 when there was no answer
 * @param code the {@code errcode}
 * @param fault the fault that befell it, or empty
 */
public record CorpCall(
        long number,
        String api,
        Instant at,
        Duration latency,
        int status,
        int code,
        String fault) {}
