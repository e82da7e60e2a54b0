package io.guanjia.adapters.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.Signature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Callbacks as the platform makes them. */
final class Callbacks {

    static final Instant NOW = Instant.ofEpochSecond(1_700_000_003);

    private static final String TIMESTAMP = "1700000001";
    private static final String NONCE = "587934";

    private Callbacks() {}

    /** A sample of {@code src/test/resources/callbacks}. */
    static String sample(String name) {
        try (var file = Callbacks.class.getResourceAsStream("/callbacks/" + name + ".xml")) {
            if (file == null) {
                throw new IllegalArgumentException("no sample " + name);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, String> query() {
        var query = new HashMap<String, String>();
        query.put("signature", Signature.of(Accounts.TOKEN, TIMESTAMP, NONCE));
        query.put("timestamp", TIMESTAMP);
        query.put("nonce", NONCE);
        query.put("openid", Accounts.OPENID);
        return query;
    }

    /** 明文模式. */
    static Callback plain(String xml) {
        return callback(query(), xml);
    }

    /** 安全模式. */
    static Callback safe(String xml) {
        return encrypted(crypt(), xml, "");
    }

    /** 兼容模式: the same fields once more in plain. */
    static Callback compatible(String xml) {
        return encrypted(
                crypt(), xml, xml.strip().replaceFirst("^<xml>", "").replaceFirst("</xml>$", ""));
    }

    static Callback encrypted(MessageCrypt crypt, String xml, String beside) {
        var sealed = crypt.encrypt(xml, TIMESTAMP, NONCE);
        var query = query();
        query.put("encrypt_type", "aes");
        query.put("msg_signature", sealed.msgSignature());
        return callback(
                query,
                "<xml><ToUserName>"
                        + Accounts.ORIGINAL
                        + "</ToUserName>"
                        + beside
                        + "<Encrypt><![CDATA["
                        + sealed.encrypt()
                        + "]]></Encrypt></xml>");
    }

    static Callback callback(Map<String, String> query, String body) {
        return new Callback("wechat", "demo", query, "text/xml", body.getBytes(UTF_8), NOW);
    }

    static MessageCrypt crypt() {
        return new MessageCrypt(Accounts.TOKEN, Accounts.AES_KEY, Accounts.APP_ID);
    }
}
