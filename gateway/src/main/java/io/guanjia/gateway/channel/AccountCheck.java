package io.guanjia.gateway.channel;

import io.guanjia.gateway.message.Trigger;
import io.guanjia.gateway.network.Networks;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Looks at one account's settings and names everything that is wrong with them at once, each
 * problem beginning with its key, as the console wants them. Never says a value.
 */
public final class AccountCheck {

    /** What a stranger must not guess. */
    private static final int SHORTEST_KEY = 16;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern IN_AN_ADDRESS = Pattern.compile("[A-Za-z0-9._~-]*");

    private final List<String> problems = new ArrayList<>();

    public AccountCheck name(@Nullable String name) {
        return require(
                name != null && NAME.matcher(name).matches(),
                "name must be letters, digits, '.', '_' or '-'; it stands in addresses");
    }

    /**
     * @param hint the key and what it is, such as {@code access-key-id must be set: AccessKey ID}
     */
    public AccountCheck set(@Nullable String value, String hint) {
        return require(value != null && !value.isBlank(), hint);
    }

    public AccountCheck apiBase(@Nullable URI address, String example) {
        return require(isAddress(address), "api-base must be an address such as " + example);
    }

    public AccountCheck positive(@Nullable Duration duration, String key, String example) {
        return require(
                isPositive(duration), key + " must be a positive duration such as " + example);
    }

    /** Null for callbacks of any age. */
    public AccountCheck callbackMaxAge(@Nullable Duration age) {
        return age == null ? this : positive(age, "callback-max-age", "5m");
    }

    /** For platforms that sign nothing; null where there need not be one. */
    public AccountCheck callbackKey(@Nullable String key) {
        return require(
                key == null
                        || (key.length() >= SHORTEST_KEY && IN_AN_ADDRESS.matcher(key).matches()),
                "callback-key must be 16 or more letters and digits, such as from \"openssl rand"
                        + " -hex 16\"; it stands in the callback address as ?key=…");
    }

    /** From where callbacks may come: addresses and networks. */
    public AccountCheck callbackFrom(List<String> networks) {
        try {
            Networks.of(networks);
            return this;
        } catch (IllegalArgumentException e) {
            return require(false, "callback-from must be " + e.getMessage());
        }
    }

    /**
     * How long a response may be held back.
     *
     * @param patience how long the platform waits for it
     */
    public AccountCheck answerWithin(@Nullable Duration held, Duration patience) {
        return require(
                held != null && held.isPositive() && held.compareTo(patience) < 0,
                "answer-within must be a duration below " + patience.toSeconds() + "s, such as 2s");
    }

    public AccountCheck windows(Map<Trigger, WindowSetting> windows) {
        windows.forEach(
                (trigger, window) -> {
                    var key = "windows." + trigger.name().toLowerCase(Locale.ROOT);
                    var messages = window.messages();
                    require(messages != null && messages >= 0, key + ".messages must be at least 0")
                            .positive(window.lifetime(), key + ".lifetime", "48h");
                });
        return this;
    }

    public AccountCheck pace(Map<String, Double> pace) {
        pace.forEach(
                (api, rate) ->
                        require(rate > 0, "pace." + api + " must be messages a second, above 0"));
        return this;
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

    /** Fails with {@link IllegalArgumentException} when two accounts of a channel share a name. */
    public static void requireDifferentNames(String channel, List<String> names) {
        var seen = new HashSet<String>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(names.get(i))) {
                throw new IllegalArgumentException(
                        "guanjia.channels."
                                + channel
                                + ".accounts["
                                + i
                                + "].name is taken by another account; names must differ");
            }
        }
    }

    /** The defaults, as far as the settings do not say otherwise. */
    public static <K, V> Map<K, V> merged(Map<K, V> defaults, @Nullable Map<K, V> changes) {
        var merged = new HashMap<>(defaults);
        if (changes != null) {
            merged.putAll(changes);
        }
        return Map.copyOf(merged);
    }

    /** A value that is empty is none. */
    public static @Nullable String orNone(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    public static boolean isPositive(@Nullable Duration duration) {
        return duration != null && duration.isPositive();
    }

    /** Of a server, without a query. */
    public static boolean isAddress(@Nullable URI address) {
        return address != null
                && address.getHost() != null
                && address.getRawQuery() == null
                && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()));
    }
}
