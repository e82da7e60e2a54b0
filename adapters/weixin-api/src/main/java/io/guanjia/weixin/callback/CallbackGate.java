package io.guanjia.weixin.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.ProtocolException;
import io.guanjia.weixin.protocol.Signature;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Verifies and decrypts the callbacks of one account. Everything that does not add up fails with
 * {@link CallbackRejected}. Source: 微信开放文档, 接入指南 and 消息加解密说明.
 */
public final class CallbackGate {

    private final String token;
    private final Mode mode;
    private final @Nullable Duration maxAge;
    private final @Nullable MessageCrypt crypt;
    private final Function<String, XmlFields> format;

    /**
     * @param aesKey needed unless the mode is plain
     * @param maxAge how old a callback's timestamp may be, in either direction; null for any age
     * @param format reads a document, encrypted or not
     */
    public CallbackGate(
            String appId,
            String token,
            @Nullable String aesKey,
            Mode mode,
            @Nullable Duration maxAge,
            Function<String, XmlFields> format) {
        this.token = token;
        this.mode = mode;
        this.maxAge = maxAge;
        this.format = format;
        this.crypt =
                aesKey == null || mode == Mode.PLAIN
                        ? null
                        : new MessageCrypt(token, aesKey, appId);
    }

    /**
     * A genuine callback.
     *
     * @param raw the decrypted document as it came
     * @param crypt encrypts the answer; null when the callback came plain
     */
    public record Opened(XmlFields fields, String raw, @Nullable MessageCrypt crypt) {

        /** Leaves out what was said: this ends up in logs. */
        @Override
        public String toString() {
            return "Opened[" + raw.length() + " characters]";
        }
    }

    /** Answers the check that follows 提交 in 服务器配置. */
    public CallbackResponse handshake(Callback callback) {
        var query = callback.query();
        var echo = query.get("echostr");
        if (echo == null) {
            throw new CallbackRejected(CallbackRejected.Kind.MALFORMED, "echostr");
        }
        if (query.containsKey("msg_signature")) {
            // Official accounts get theirs plain in every mode; products that share this protocol
            // get it encrypted, and a console may begin to do so.
            return CallbackResponse.text(
                    trusted(
                            () ->
                                    requireCrypt()
                                            .verifyUrl(
                                                    query.get("msg_signature"),
                                                    query.get("timestamp"),
                                                    query.get("nonce"),
                                                    echo)));
        }
        requireSignature(callback);
        return CallbackResponse.text(echo);
    }

    /** Lets a callback in. */
    public Opened open(Callback callback) {
        var body = new String(callback.body(), UTF_8);
        var document = trusted(() -> format.apply(body));
        var encrypt = document.text("Encrypt");
        if (encrypt.isEmpty()) {
            if (mode == Mode.SAFE) {
                throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "plain");
            }
            requireSignature(callback);
            requireFresh(callback);
            return new Opened(document, body, null);
        }
        // In compatible mode the same message stands beside it in plain, which no signature covers.
        var decrypted = trusted(() -> decrypt(callback, encrypt));
        requireFresh(callback);
        return new Opened(trusted(() -> format.apply(decrypted)), decrypted, requireCrypt());
    }

    private String decrypt(Callback callback, String encrypt) {
        var query = callback.query();
        return requireCrypt()
                .decrypt(
                        query.get("msg_signature"),
                        query.get("timestamp"),
                        query.get("nonce"),
                        encrypt);
    }

    private MessageCrypt requireCrypt() {
        if (crypt == null) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "encrypted");
        }
        return crypt;
    }

    private void requireSignature(Callback callback) {
        var query = callback.query();
        if (!Signature.matches(
                query.get("signature"), token, query.get("timestamp"), query.get("nonce"))) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "signature");
        }
    }

    private void requireFresh(Callback callback) {
        if (maxAge != null
                && age(callback.query().get("timestamp"), callback.receivedAt()).compareTo(maxAge)
                        > 0) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "stale");
        }
    }

    private static Duration age(@Nullable String timestamp, Instant now) {
        try {
            return Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "stale");
        }
    }

    private static <T> T trusted(Supplier<T> step) {
        try {
            return step.get();
        } catch (ProtocolException e) {
            var kind =
                    switch (e.reason()) {
                        case SIGNATURE, RECEIVE_ID -> CallbackRejected.Kind.FORBIDDEN;
                        case CIPHERTEXT, PADDING, LENGTH, TOO_LARGE, TOO_DEEP, DOCTYPE, MALFORMED ->
                                CallbackRejected.Kind.MALFORMED;
                    };
            throw new CallbackRejected(
                    kind, e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }
}
