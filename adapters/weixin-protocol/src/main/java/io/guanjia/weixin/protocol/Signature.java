package io.guanjia.weixin.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The signature WeChat puts on a callback: the SHA-1 of its parts, sorted and joined, in lower-case
 * hexadecimal.
 *
 * <p>The plain form ({@code signature}) takes token, timestamp and nonce; the message form ({@code
 * msg_signature}) takes the encrypted text as a fourth part. Source: 微信开放文档, 消息加解密说明.
 */
public final class Signature {

    private Signature() {}

    /** The signature over {@code parts}, in any order. */
    public static String of(String... parts) {
        var sorted = parts.clone();
        Arrays.sort(sorted);
        var sha1 = sha1();
        for (var part : sorted) {
            sha1.update(part.getBytes(UTF_8));
        }
        return HexFormat.of().formatHex(sha1.digest());
    }

    /**
     * Whether {@code given} is the signature over {@code parts}. Takes as long for a near miss as
     * for a wild guess. A missing signature or part never matches.
     */
    public static boolean matches(@Nullable String given, @Nullable String... parts) {
        if (given == null) {
            return false;
        }
        var present = new String[parts.length];
        for (int i = 0; i < parts.length; i++) {
            var part = parts[i];
            if (part == null) {
                return false;
            }
            present[i] = part;
        }
        return MessageDigest.isEqual(of(present).getBytes(UTF_8), given.getBytes(UTF_8));
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
