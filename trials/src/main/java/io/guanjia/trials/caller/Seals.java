package io.guanjia.trials.caller;

import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.Signature;
import io.guanjia.weixin.protocol.XmlWriter;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Encrypts and signs as WeChat and WeCom do in safe mode (安全模式). */
final class Seals {

    private static final Map<String, String> XML = Map.of("Content-Type", "text/xml");
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final Credentials account;
    private final MessageCrypt crypt;

    Seals(Credentials account) {
        this.account = account;
        this.crypt = new MessageCrypt(account.token(), account.aesKey(), account.appId());
    }

    /** A call whose body is XML. */
    Caller.Call xml(String party, String plain, Instant sent) {
        var sealed = Sealed.of(crypt, plain, sent);
        var body =
                new XmlWriter()
                        .cdata("ToUserName", account.originalId())
                        .cdata("Encrypt", sealed.encrypt())
                        .toXml();
        return new Caller.Call(sealed.query(account, party), XML, body);
    }

    /** A call whose body is JSON, as mini programs may have it. */
    Caller.Call json(String party, String plain, Instant sent) {
        var sealed = Sealed.of(crypt, plain, sent);
        var body =
                "{\"ToUserName\":\"%s\",\"Encrypt\":\"%s\"}"
                        .formatted(account.originalId(), sealed.encrypt());
        return new Caller.Call(sealed.query(account, party), JSON, body);
    }

    private record Sealed(String timestamp, String nonce, String encrypt, String signature) {

        static Sealed of(MessageCrypt crypt, String plain, Instant sent) {
            var timestamp = Long.toString(sent.getEpochSecond());
            var nonce =
                    Integer.toString(
                            ThreadLocalRandom.current().nextInt(100_000_000, Integer.MAX_VALUE));
            var encrypted = crypt.encrypt(plain, timestamp, nonce);
            return new Sealed(timestamp, nonce, encrypted.encrypt(), encrypted.msgSignature());
        }

        String query(Credentials account, String party) {
            return "signature=%s&timestamp=%s&nonce=%s&openid=%s&encrypt_type=aes&msg_signature=%s"
                    .formatted(
                            Signature.of(account.token(), timestamp, nonce),
                            timestamp,
                            nonce,
                            party,
                            signature);
        }
    }
}
