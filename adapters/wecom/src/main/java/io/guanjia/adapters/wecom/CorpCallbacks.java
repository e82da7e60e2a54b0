package io.guanjia.adapters.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.ProtocolException;
import io.guanjia.weixin.protocol.XmlFields;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * Verifies and decrypts callbacks, which 企业微信 never sends in plain. What does not add up fails with
 * {@link CallbackRejected}. Source: 企业微信开发者中心, 回调配置 (90930) and 加解密方案说明 (90968).
 */
public final class CorpCallbacks {

    private final MessageCrypt crypt;

    /**
     * @param corpId the receive id of a self-built application's callbacks
     */
    public CorpCallbacks(String token, String aesKey, String corpId) {
        this.crypt = new MessageCrypt(token, aesKey, corpId);
    }

    /** Answers the check that follows 保存 of 接收消息服务器配置: the decrypted echostr, nothing else. */
    public CallbackResponse handshake(Callback callback) {
        var query = callback.query();
        var echo = query.get("echostr");
        if (echo == null) {
            throw new CallbackRejected(CallbackRejected.Kind.MALFORMED, "echostr");
        }
        return CallbackResponse.text(
                trusted(
                        () ->
                                crypt.verifyUrl(
                                        query.get("msg_signature"),
                                        query.get("timestamp"),
                                        query.get("nonce"),
                                        echo)));
    }

    /** What is inside a callback. */
    public Opened open(Callback callback) {
        var query = callback.query();
        var outer = trusted(() -> XmlFields.parse(new String(callback.body(), UTF_8)));
        var encrypt = outer.text("Encrypt");
        if (encrypt.isEmpty()) {
            throw new CallbackRejected(CallbackRejected.Kind.FORBIDDEN, "plain");
        }
        var raw =
                trusted(
                        () ->
                                crypt.decrypt(
                                        query.get("msg_signature"),
                                        query.get("timestamp"),
                                        query.get("nonce"),
                                        encrypt));
        return new Opened(trusted(() -> XmlFields.parse(raw)), raw);
    }

    /**
     * A decrypted callback.
     *
     * @param raw the document as it came
     */
    public record Opened(XmlFields xml, String raw) {

        /** Leaves out what it says: this ends up in logs. */
        @Override
        public String toString() {
            return "Opened[" + raw.length() + " characters]";
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
