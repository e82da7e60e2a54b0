package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.util.Map;

/**
 * What platform and server both know of an account.
 *
 * @param title what stands at the top of the chat
 */
record KfSettings(String name, String title, String secret, String openKfid, Endpoint endpoint) {

    static KfSettings of(String name, Map<String, String> settings, URI callback) {
        return new KfSettings(
                name,
                settings.getOrDefault("title", "小管家银行客服"),
                Endpoint.required(settings, "secret"),
                Endpoint.required(settings, "open-kfid"),
                Endpoint.of(settings, "", callback));
    }

    String corpId() {
        return endpoint.corpId();
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
