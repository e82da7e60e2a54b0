package io.guanjia.weixin.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.message.Address;
import io.guanjia.weixin.protocol.XmlFields;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * What is the same for everything one callback brings.
 *
 * @param sentAt {@code CreateTime}, or when we received it where that is missing
 * @param raw the decrypted document as it came
 */
public record Origin(Address from, Instant sentAt, Instant receivedAt, String raw) {

    /** Whom a callback is attributed to that names nobody. */
    private static final String NOBODY = "unknown";

    public static Origin of(Callback callback, XmlFields fields, String raw) {
        return new Origin(
                new Address(callback.channel(), callback.account(), party(callback, fields)),
                sentAt(callback, fields),
                callback.receivedAt(),
                raw);
    }

    /**
     * The key of a message: who and {@code MsgId}. The id alone is not enough, for it is only
     * documented as an id, not as unique across customers.
     */
    String messageKey(String msgId) {
        return "m:" + from.party() + ":" + msgId;
    }

    /**
     * The key of what has no id: who and a hash over every field. Two different events of one
     * customer in one second differ in some field; a repeated delivery differs in none.
     */
    String eventKey(XmlFields fields) {
        return "e:" + from.party() + ":" + hash(fields.canonical());
    }

    private static String party(Callback callback, XmlFields fields) {
        var sender = fields.text("FromUserName").strip();
        if (!sender.isEmpty()) {
            return sender;
        }
        var openid = callback.query().getOrDefault("openid", "").strip();
        return openid.isEmpty() ? NOBODY : openid;
    }

    private static Instant sentAt(Callback callback, XmlFields fields) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(fields.text("CreateTime").strip()));
        } catch (NumberFormatException | DateTimeException e) {
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
