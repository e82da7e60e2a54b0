package io.guanjia.sandbox.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Ids that look like the platform's and follow from names, so that a customer is the same one after
 * a restart.
 */
final class Ids {

    private Ids() {}

    /** 28 characters, the first six common to all users of the account. */
    static String openId(String appId, String customer) {
        return "o" + letters("app", appId, 5) + letters(appId, customer, 22);
    }

    static String unionId(String customer) {
        return "o" + letters("open platform", "", 5) + letters("union id", customer, 22);
    }

    static String hex(String purpose, String of, int length) {
        return HexFormat.of().formatHex(digest(purpose, of)).substring(0, length);
    }

    static String letters(String purpose, String of, int length) {
        return Base64.getEncoder()
                .encodeToString(digest(purpose, of))
                .replaceAll("[+/=]", "x")
                .substring(0, length);
    }

    private static byte[] digest(String purpose, String of) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((purpose + "/" + of).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
