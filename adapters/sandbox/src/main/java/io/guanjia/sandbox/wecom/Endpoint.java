package io.guanjia.sandbox.wecom;

import io.guanjia.weixin.protocol.MessageCrypt;

import java.net.URI;
import java.util.Map;

/**
 * Where the platform calls, and how it seals what it says there.
 *
 * @param corpId 企业ID
 * @param agentId of the application, empty where there is none
 */
record Endpoint(String corpId, String agentId, MessageCrypt crypt, URI callback) {

    static Endpoint of(Map<String, String> settings, String agentId, URI callback) {
        var corpId = required(settings, "corp-id");
        return new Endpoint(
                corpId,
                agentId,
                new MessageCrypt(
                        required(settings, "token"), required(settings, "aes-key"), corpId),
                callback);
    }

    /**
     * A setting.
     *
     * @throws IllegalArgumentException naming the one that is missing
     */
    static String required(Map<String, String> settings, String key) {
        var value = settings.get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    /** Leaves out the keys. */
    @Override
    public String toString() {
        return "Endpoint[" + corpId + "]";
    }
}
