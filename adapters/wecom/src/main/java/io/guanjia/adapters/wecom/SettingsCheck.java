package io.guanjia.adapters.wecom;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds out what is wrong with one account's settings, all at once, naming no value. */
public final class SettingsCheck {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern AES_KEY = Pattern.compile("[A-Za-z0-9]{43}");

    private final List<String> problems = new ArrayList<>();

    public SettingsCheck name(@Nullable String name) {
        return require(
                name != null && NAME.matcher(name).matches(),
                "name must be letters, digits, '.', '_' or '-'; it stands in the address");
    }

    public SettingsCheck present(@Nullable String value, String problem) {
        return require(value != null && !value.isBlank(), problem);
    }

    public SettingsCheck aesKey(@Nullable String aesKey) {
        return require(
                aesKey != null && AES_KEY.matcher(aesKey).matches(),
                "aes-key must be 43 letters and digits: EncodingAESKey");
    }

    public SettingsCheck apiBase(@Nullable URI address) {
        return require(
                address != null
                        && address.getHost() != null
                        && address.getRawQuery() == null
                        && ("https".equals(address.getScheme())
                                || "http".equals(address.getScheme())),
                "api-base must be an address such as https://qyapi.weixin.qq.com");
    }

    public SettingsCheck positive(@Nullable Duration duration, String problem) {
        return require(isPositive(duration), problem);
    }

    public SettingsCheck pace(Map<String, Double> pace) {
        return require(
                pace.values().stream().allMatch(rate -> rate > 0),
                "pace.* must be messages a second, above 0");
    }

    public SettingsCheck require(boolean fine, String problem) {
        if (!fine) {
            problems.add(problem);
        }
        return this;
    }

    /** Fails with {@link IllegalArgumentException} that names everything that is wrong. */
    public void done() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    public static boolean isPositive(@Nullable Duration duration) {
        return duration != null && duration.isPositive();
    }

    /** The defaults, as far as the settings do not say otherwise. */
    public static <K, V> Map<K, V> merged(Map<K, V> defaults, @Nullable Map<K, V> changes) {
        var merged = new HashMap<>(defaults);
        if (changes != null) {
            merged.putAll(changes);
        }
        return Map.copyOf(merged);
    }

    /** Fails with {@link IllegalArgumentException} when two accounts share a name. */
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
}
