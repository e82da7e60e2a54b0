package io.guanjia.adapters.sms;

import io.guanjia.gateway.network.Networks;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Looks at one account's settings and names everything that is wrong, never a value. */
public final class AccountCheck {

    /** What a stranger must not guess. */
    private static final int SHORTEST_KEY = 16;

    private static final int SHORTEST_TEXT = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern IN_AN_ADDRESS = Pattern.compile("[A-Za-z0-9._~-]*");

    private final List<String> problems = new ArrayList<>();

    public AccountCheck name(@Nullable String name) {
        return require(
                name != null && NAME.matcher(name).matches(),
                "name must be letters, digits, '.', '_' or '-'; it stands in the address");
    }

    /**
     * @param hint the key and what it is, such as {@code access-key-id must be set: AccessKey ID}
     */
    public AccountCheck set(@Nullable String value, String hint) {
        return require(value != null && !value.isBlank(), hint);
    }

    public AccountCheck apiBase(@Nullable URI address, String example) {
        return require(
                address != null
                        && address.getHost() != null
                        && address.getRawQuery() == null
                        && ("https".equals(address.getScheme())
                                || "http".equals(address.getScheme())),
                "api-base must be an address such as " + example);
    }

    /** Null where there need not be one. */
    public AccountCheck callbackKey(@Nullable String key) {
        return require(
                key == null
                        || (key.length() >= SHORTEST_KEY && IN_AN_ADDRESS.matcher(key).matches()),
                "callback-key must be 16 or more letters and digits, such as from \"openssl rand"
                        + " -hex 16\"; it stands in the callback address as ?key=…");
    }

    public AccountCheck callbackFrom(List<String> networks) {
        try {
            Networks.of(networks);
            return this;
        } catch (IllegalArgumentException e) {
            return require(false, "callback-from must be " + e.getMessage());
        }
    }

    public AccountCheck textLimit(int limit) {
        return require(
                limit >= SHORTEST_TEXT && limit <= SmsSegments.LONGEST,
                "text-limit must be 20 to 500 characters, with the signature");
    }

    public AccountCheck positive(@Nullable Duration duration, String key) {
        return require(
                duration != null && duration.isPositive(),
                key + " must be a positive duration such as 5s");
    }

    public AccountCheck pace(Map<String, Double> pace) {
        return require(
                pace.values().stream().allMatch(rate -> rate > 0),
                "pace.* must be messages a second, above 0");
    }

    public AccountCheck require(boolean right, String problem) {
        if (!right) {
            problems.add(problem);
        }
        return this;
    }

    /** Fails with {@link IllegalArgumentException} where anything was. */
    public void done() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }
}
