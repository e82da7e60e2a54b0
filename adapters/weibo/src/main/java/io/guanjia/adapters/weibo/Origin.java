package io.guanjia.adapters.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.message.Address;

import tools.jackson.databind.JsonNode;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/**
 * What is the same for everything a callback can bring.
 *
 * @param sentAt {@code created_at}, or when we received it where that is missing
 * @param raw the document as it came
 */
record Origin(Address from, Instant sentAt, Instant receivedAt, String raw) {

    /** Whom a callback is attributed to that names nobody. */
    private static final String NOBODY = "unknown";

    /** Such as {@code Mon Jul 16 18:09:20 +0800 2012}. */
    private static final DateTimeFormatter CREATED_AT =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss Z yyyy", Locale.US);

    static Origin of(Callback callback, JsonNode message, String raw) {
        return new Origin(
                new Address(callback.channel(), callback.account(), party(message)),
                sentAt(callback, message),
                callback.receivedAt(),
                raw);
    }

    /**
     * The platform gives messages no id (关于重试的消息排重，目前微博消息暂时不支持消息ID) and recommends sender and time,
     * which would lose the second of two messages in one second. So it is the sender, the type and
     * a hash over every field: two messages differ in some field, a repeated one in none.
     *
     * @param canonical the whole document, its fields sorted
     */
    String key(String type, String canonical) {
        return from.party() + ":" + type + ":" + hash(canonical);
    }

    private static String party(JsonNode message) {
        var sender = message.path("sender_id").asString("").strip();
        return sender.isEmpty() ? NOBODY : sender;
    }

    private static Instant sentAt(Callback callback, JsonNode message) {
        try {
            var text = message.path("created_at").asString("").strip();
            return OffsetDateTime.parse(text, CREATED_AT).toInstant();
        } catch (DateTimeException e) {
            return callback.receivedAt();
        }
    }

    private static String hash(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Leaves out who and what: this ends up in logs. */
    @Override
    public String toString() {
        return "Origin[from=" + from + "]";
    }
}
