package io.guanjia.trials.process;

import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.Signature;
import io.guanjia.weixin.protocol.XmlWriter;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Makes callbacks as the platform would send them in safe mode (安全模式). Any thread. */
public final class Forge {

    private final Credentials account;
    private final MessageCrypt crypt;

    public Forge(Credentials account) {
        this.account = account;
        this.crypt = new MessageCrypt(account.token(), account.aesKey(), account.appId());
    }

    /** What an account and its platform share. */
    public record Credentials(String originalId, String appId, String token, String aesKey) {

        /** Leaves out the secrets: this ends up in logs. */
        @Override
        public String toString() {
            return "Credentials[appId=" + appId + "]";
        }
    }

    /** One callback: the query of its address and its body. */
    public record Forged(String query, String body) {}

    /**
     * A customer's words.
     *
     * @param said when the customer said them
     * @param sent when this try is sent
     */
    public Forged text(String openid, long msgId, String words, Instant said, Instant sent) {
        var xml =
                new XmlWriter()
                        .cdata("ToUserName", account.originalId())
                        .cdata("FromUserName", openid)
                        .plain("CreateTime", said.getEpochSecond())
                        .cdata("MsgType", "text")
                        .cdata("Content", words)
                        .plain("MsgId", Long.toString(msgId))
                        .toXml();
        return seal(openid, xml, sent);
    }

    private Forged seal(String openid, String xml, Instant sent) {
        var timestamp = Long.toString(sent.getEpochSecond());
        var nonce =
                Integer.toString(
                        ThreadLocalRandom.current().nextInt(100_000_000, Integer.MAX_VALUE));
        var encrypted = crypt.encrypt(xml, timestamp, nonce);
        var body =
                new XmlWriter()
                        .cdata("ToUserName", account.originalId())
                        .cdata("Encrypt", encrypted.encrypt())
                        .toXml();
        var query =
                "signature=%s&timestamp=%s&nonce=%s&openid=%s&encrypt_type=aes&msg_signature=%s"
                        .formatted(
                                Signature.of(account.token(), timestamp, nonce),
                                timestamp,
                                nonce,
                                openid,
                                encrypted.msgSignature());
        return new Forged(query, body);
    }
}
