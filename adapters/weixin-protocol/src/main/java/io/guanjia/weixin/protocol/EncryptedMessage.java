package io.guanjia.weixin.protocol;

/**
 * An encrypted message and the signature over it, ready to be sent either way.
 *
 * @param encrypt the encrypted text, base64
 * @param msgSignature the signature over token, timestamp, nonce and {@code encrypt}
 * @param timestamp seconds since 1970, as text
 * @param nonce any text without special meaning
 */
public record EncryptedMessage(
        String encrypt, String msgSignature, String timestamp, String nonce) {

    /**
     * What we answer to an encrypted callback. Mind that {@code MsgSignature} and {@code TimeStamp}
     * are spelled differently from the request's query parameters.
     */
    public String toReplyXml() {
        return new XmlWriter()
                .cdata("Encrypt", encrypt)
                .cdata("MsgSignature", msgSignature)
                .plain("TimeStamp", timestamp)
                .cdata("Nonce", nonce)
                .toXml();
    }

    /**
     * What the platform posts in safe mode (安全模式); signature, timestamp and nonce travel in the
     * query.
     */
    public String toRequestXml(String toUserName) {
        return new XmlWriter().cdata("ToUserName", toUserName).cdata("Encrypt", encrypt).toXml();
    }
}
