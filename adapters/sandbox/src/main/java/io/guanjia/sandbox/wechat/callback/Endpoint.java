package io.guanjia.sandbox.wechat.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;
import io.guanjia.weixin.protocol.EncryptedMessage;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.ProtocolException;
import io.guanjia.weixin.protocol.Signature;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;

/** Where an account's callbacks go, and how they are signed and sealed. */
public final class Endpoint {

    private final List<URI> urls;
    private final String token;
    private final Mode mode;
    private final Format format;
    private final String originalId;
    private final @Nullable MessageCrypt crypt;

    /**
     * @param urls one address, or several nodes behind it that the tries go to in turn
     * @param aesKey needed unless the mode is plain
     * @param originalId the account's {@code gh_} id, its name in every message
     */
    public Endpoint(
            List<URI> urls,
            String token,
            @Nullable String aesKey,
            Mode mode,
            Format format,
            String appId,
            String originalId) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("a callback address is needed");
        }
        this.urls = List.copyOf(urls);
        this.token = token;
        this.mode = mode;
        this.format = format;
        this.originalId = originalId;
        this.crypt = aesKey == null ? null : new MessageCrypt(token, aesKey, appId);
        if (mode != Mode.PLAIN && crypt == null) {
            throw new IllegalArgumentException("compatible and safe mode need an aes-key");
        }
    }

    /** The account's {@code gh_} id. */
    public String originalId() {
        return originalId;
    }

    URI url(long turn) {
        return urls.get((int) (turn % urls.size()));
    }

    /** What is posted: the query and the body. */
    record Sealed(String query, String body) {}

    /** What the body is, as its header says. */
    String contentType() {
        return format == Format.JSON ? "application/json" : "text/xml";
    }

    Sealed seal(String xml, String openId, String timestamp, String nonce) {
        var query =
                "signature="
                        + Signature.of(token, timestamp, nonce)
                        + "&timestamp="
                        + timestamp
                        + "&nonce="
                        + nonce
                        + "&openid="
                        + openId;
        var document = format == Format.JSON ? JsonForm.of(xml) : xml;
        if (mode == Mode.PLAIN || crypt == null) {
            return new Sealed(query, document);
        }
        var encrypted = crypt.encrypt(document, timestamp, nonce);
        query += "&encrypt_type=aes&msg_signature=" + encrypted.msgSignature();
        return new Sealed(
                query, mode == Mode.SAFE ? safe(encrypted) : compatible(document, encrypted));
    }

    private String safe(EncryptedMessage encrypted) {
        return format == Format.JSON
                ? Json.object()
                        .put("ToUserName", originalId)
                        .put("Encrypt", encrypted.encrypt())
                        .toString()
                : encrypted.toRequestXml(originalId);
    }

    private String compatible(String document, EncryptedMessage encrypted) {
        return format == Format.JSON
                ? besideJson(document, encrypted)
                : beside(document, encrypted);
    }

    private static String besideJson(String json, EncryptedMessage encrypted) {
        return json.substring(0, json.length() - "}".length())
                + ",\"Encrypt\":\""
                + encrypted.encrypt()
                + "\"}";
    }

    private static String beside(String xml, EncryptedMessage encrypted) {
        return xml.substring(0, xml.length() - "</xml>".length())
                + "<Encrypt><![CDATA["
                + encrypted.encrypt()
                + "]]></Encrypt></xml>";
    }

    /** The query of the one-off check the console makes when the address is saved. */
    String verification(String timestamp, String nonce, String echo) {
        return "signature="
                + Signature.of(token, timestamp, nonce)
                + "&echostr="
                + URLEncoder.encode(echo, UTF_8)
                + "&timestamp="
                + timestamp
                + "&nonce="
                + nonce;
    }

    /** The answer's fields, decrypted where that is called for; empty when it is not acceptable. */
    Optional<XmlFields> open(String body) {
        try {
            var fields = XmlFields.parse(body);
            var encrypt = fields.find("Encrypt");
            if (encrypt.isEmpty()) {
                return mode == Mode.SAFE ? Optional.empty() : Optional.of(fields);
            }
            if (mode == Mode.PLAIN || crypt == null) {
                return Optional.empty();
            }
            var xml =
                    crypt.decrypt(
                            fields.text("MsgSignature"),
                            fields.text("TimeStamp"),
                            fields.text("Nonce"),
                            encrypt.get());
            return Optional.of(XmlFields.parse(xml));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }
}
