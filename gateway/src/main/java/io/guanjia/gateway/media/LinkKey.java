package io.guanjia.gateway.media;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What vouches for the links that we make: whoever does not have it cannot make one. */
public final class LinkKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    LinkKey(String secret) {
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** 32 bytes, the same for the same words on every node. */
    public byte[] sign(byte[] said) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(said);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
