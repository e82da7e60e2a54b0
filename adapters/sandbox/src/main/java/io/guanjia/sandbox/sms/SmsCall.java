package io.guanjia.sandbox.sms;

import java.time.Instant;

/**
 * One call of the account's server, on record.
 *
 * @param number counted per account, from 1
 * @param api such as {@code SendSms}
 * @param status the HTTP status; 0 where there was no answer
 * @param code the provider's code; empty for success
 * @param fault what befell it, or empty
 */
public record SmsCall(long number, Instant at, String api, int status, String code, String fault) {}
