package io.guanjia.sandbox.weibo;

import java.util.Map;

/**
 * What an account and its server know of each other.
 *
 * @param uid the account's
 */
record Credentials(long uid, String appKey, String appSecret, String accessToken) {

    private static final long FIRST_UID = 5_000_000_000L;

    /** By the keys of the gateway's settings. Fails naming the one at fault. */
    static Credentials of(String account, Map<String, String> settings) {
        return new Credentials(
                uid(settings.getOrDefault("uid", ""), account),
                settings.getOrDefault("app-key", "1000000001"),
                required(settings, "app-secret"),
                required(settings, "access-token"));
    }

    private static long uid(String given, String account) {
        if (given.isBlank()) {
            return FIRST_UID + (account.hashCode() & 0xFFFFFF);
        }
        if (!given.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("uid");
        }
        return Long.parseLong(given);
    }

    private static String required(Map<String, String> settings, String key) {
        var value = settings.getOrDefault(key, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(key);
        }
        return value;
    }

    /** Leaves out the secrets. */
    @Override
    public String toString() {
        return "Credentials[" + uid + "]";
    }
}
