package io.guanjia.sandbox.sms;

import java.time.Instant;

/**
 * A message that was taken.
 *
 * @param id ours
 * @param reference the account's
 * @param template empty where none was named
 * @param text with its signature
 */
record Sent(
        String id,
        String reference,
        String number,
        String sign,
        String template,
        SmsTemplate.Type type,
        String text,
        Instant at) {

    /** Mainland China bills by characters: 70 in one, 67 in each of several. */
    int parts() {
        return text.length() <= 70 ? 1 : Math.ceilDiv(text.length(), 67);
    }
}
