package io.guanjia.sandbox.sms;

import java.time.Instant;

/**
 * One post to the account's server, on record.
 *
 * @param number counted per account, from 1
 * @param attempt from 1; the same body each time
 * @param status the HTTP status; 0 where there was no answer
 */
public record CallbackTry(
        long number, int attempt, Instant at, String body, int status, boolean acknowledged) {}
