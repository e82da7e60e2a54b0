package io.guanjia.gateway.channel;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/**
 * One HTTP request from a platform, before anything in it is believed.
 *
 * @param query the first value of each query parameter, decoded
 * @param contentType the header as it came
 * @param body at most 64 KB; the caller has seen to that. Not to be changed
 * @param from the caller's address in numbers, as far as our proxies are believed; null where there
 *     is none
 */
public record Callback(
        String channel,
        String account,
        Map<String, String> query,
        @Nullable String contentType,
        byte[] body,
        Instant receivedAt,
        @Nullable String from) {

    /** Of a caller whose address plays no part. */
    public Callback(
            String channel,
            String account,
            Map<String, String> query,
            @Nullable String contentType,
            byte[] body,
            Instant receivedAt) {
        this(channel, account, query, contentType, body, receivedAt, null);
    }

    /** Leaves out the request: it is not verified yet and ends up in logs. */
    @Override
    public String toString() {
        return "Callback[" + channel + "/" + account + ", " + body.length + " bytes]";
    }
}
