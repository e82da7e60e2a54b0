package io.guanjia.adapters.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.ProtocolException;
import io.guanjia.weixin.protocol.Signature;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Verifies and decrypts the callbacks of one account. Everything that does not add up fails with
 * {@link CallbackRejected}. Source: 微信开放文档, 接入指南 and 消息加解密说明.
 */
final class CallbackReader {

    private final WechatAccount account;
    private final @Nullable MessageCrypt crypt;
    private final Clock clock;

    CallbackReader(WechatAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
        var aesKey = account.aesKey();
        this.crypt =
                aesKey == null || account.mode() == WechatAccount.Mode.PLAIN
                        ? null
                        : new MessageCrypt(account.token(), aesKey, account.appId());
    }

    /** Answers the check that follows 提交 in 服务器配置. */
    CallbackResponse handshake(Callback callback) {
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

    Reading read(Callback callback) {
        var body = new String(callback.body(), UTF_8);
        var document = trusted(() -> XmlFields.parse(body));
        var encrypt = document.text("Encrypt");
        if (encrypt.isEmpty()) {
            if (account.mode() == WechatAccount.Mode.SAFE) {
                throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "plain");
            }
            requireSignature(callback);
            requireFresh(callback);
            return reading(callback, document, body, null);
        }
        // In compatible mode the same message stands beside it in plain, which no signature covers.
        var decrypted = trusted(() -> decrypt(callback, encrypt));
        requireFresh(callback);
        return reading(
                callback, trusted(() -> XmlFields.parse(decrypted)), decrypted, requireCrypt());
    }

    private Reading reading(
            Callback callback, XmlFields xml, String raw, @Nullable MessageCrypt answerWith) {
        var origin = Origin.of(callback, xml, raw);
        return new Reading(
                MessageReader.read(origin, xml),
                new Passive(
                        origin.from().party(),
                        xml.text("ToUserName"),
                        answerWith,
                        account.customerServiceMessages(),
                        clock));
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
                query.get("signature"),
                account.token(),
                query.get("timestamp"),
                query.get("nonce"))) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "signature");
        }
    }

    private void requireFresh(Callback callback) {
        var maxAge = account.callbackMaxAge();
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
