package io.guanjia.adapters.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.weixin.protocol.Signature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Callbacks as the platform makes them. */
final class Callbacks {

    static final Instant NOW = Instant.parse("2026-03-02T08:30:20Z");

    private Callbacks() {}

    /** A sample of {@code src/test/resources/callbacks}. */
    static String sample(String name) {
        try (var file = Callbacks.class.getResourceAsStream("/callbacks/" + name + ".json")) {
            if (file == null) {
                throw new IllegalArgumentException("no sample " + name);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Callback signed(String json) {
        return callback(query(Long.toString(NOW.toEpochMilli()), "57155157"), json);
    }

    static Map<String, String> query(String timestamp, String nonce) {
        var query = new HashMap<String, String>();
        query.put("signature", Signature.of(Accounts.SECRET, timestamp, nonce));
        query.put("timestamp", timestamp);
        query.put("nonce", nonce);
        return query;
    }

    static Callback callback(Map<String, String> query, String body) {
        return new Callback("weibo", "demo", query, "application/json", body.getBytes(UTF_8), NOW);
    }
}
