package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * What platform and server both know of a self-built application.
 *
 * @param title what stands at the top of the chat
 * @param members their userids, who have customers and whom the application can write to
 */
record WecomSettings(
        String name, String title, String secret, Endpoint endpoint, List<String> members) {

    static WecomSettings of(String name, Map<String, String> settings, URI callback) {
        var members =
                List.of(
                        settings.getOrDefault("members", "xiaoli,xiaowang")
                                .strip()
                                .split("\\s*,\\s*"));
        if (members.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("members must be userids with commas between");
        }
        return new WecomSettings(
                name,
                settings.getOrDefault("title", "小管家银行"),
                Endpoint.required(settings, "secret"),
                Endpoint.of(settings, Endpoint.required(settings, "agent-id"), callback),
                members);
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
        return "WecomSettings[" + name + "]";
    }
}
