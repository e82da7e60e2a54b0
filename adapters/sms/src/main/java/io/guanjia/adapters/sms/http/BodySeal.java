package io.guanjia.adapters.sms.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.sms.Sha256;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;

/** Signs a body together with when it was sent: HMAC-SHA256 in lower-case hexadecimal. */
final class BodySeal {

    private final byte[] key;

    BodySeal(String sharedSecret) {
        this.key = sharedSecret.getBytes(UTF_8);
    }

    /**
     * @param timestamp in seconds since 1970
     */
    String of(String timestamp, String body) {
        return Sha256.hexHmac(key, timestamp + "\n" + body);
    }

    boolean isOn(String timestamp, String body, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        of(timestamp, body).getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
