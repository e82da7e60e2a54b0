package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.weixin.protocol.MessageCrypt;

import java.net.URI;
import java.security.MessageDigest;
import java.util.Map;

/**
 * What platform and server both know of an account.
 *
 * @param title what stands at the top of the chat
 * @param callback where the platform calls
 */
record KfSettings(
        String name,
        String title,
        String corpId,
        String secret,
        String openKfid,
        MessageCrypt crypt,
        URI callback) {

    static KfSettings of(String name, Map<String, String> settings, URI callback) {
        return new KfSettings(
                name,
                settings.getOrDefault("title", "小管家银行客服"),
                required(settings, "corp-id"),
                required(settings, "secret"),
                required(settings, "open-kfid"),
                new MessageCrypt(
                        required(settings, "token"),
                        required(settings, "aes-key"),
                        required(settings, "corp-id")),
                callback);
    }

    private static String required(Map<String, String> settings, String key) {
        var value = settings.get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    boolean hasSecret(String given) {
        return MessageDigest.isEqual(secret.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    /** Leaves out the secrets. */
    @Override
    public String toString() {
        return "KfSettings[" + name + "]";
    }
}
