package io.guanjia.sandbox.app;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the company shares with its gateway, by the keys of the gateway's settings.
 *
 * @param tokenKey signs the login's tokens
 * @param pushSecret signs calls of the push service; empty where none come
 */
record AppCredentials(String tokenKey, String issuer, String audience, String pushSecret) {

    private static final int SHORTEST_KEY = 32;

    /**
     * @throws IllegalArgumentException naming the key at fault
     */
    static AppCredentials of(Map<String, String> settings) {
        var algorithm = settings.getOrDefault("token-algorithm", "HS256");
        if (!algorithm.equals("HS256")) {
            throw new IllegalArgumentException("token-algorithm must be HS256 in the sandbox");
        }
        var key = present(settings, "token-key");
        if (key.getBytes(StandardCharsets.UTF_8).length < SHORTEST_KEY) {
            throw new IllegalArgumentException("token-key must be at least 32 bytes");
        }
        return new AppCredentials(
                key,
                present(settings, "token-issuer"),
                present(settings, "token-audience"),
                settings.getOrDefault("push-secret", ""));
    }

    private static String present(Map<String, String> settings, String key) {
        var value = settings.getOrDefault(key, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    /** Leaves out the secrets: this may end up in logs. */
    @Override
    public String toString() {
        return "AppCredentials[issuer=" + issuer + "]";
    }
}
