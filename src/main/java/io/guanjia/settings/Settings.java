package io.guanjia.settings;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.unit.DataSize;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** How we speak about settings: which key is wrong, and what its value should look like. */
final class Settings {

    private Settings() {}

    static FailureAnalysis wrong(Throwable cause, String key, String problem, String shape) {
        return new FailureAnalysis(
                "The setting " + key + " " + problem + ".",
                "Set it to "
                        + shape
                        + ", in a settings file (config/guanjia.yaml shows every key), as "
                        + environmentVariable(key)
                        + " in the environment, or as --"
                        + key
                        + "=… on the command line.",
                cause);
    }

    /** What a value of this type looks like. Knows the types that settings here have. */
    static String shape(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .map(name -> name.replace('_', '-'))
                            .collect(Collectors.joining(", "));
        }
        if (type == Duration.class) {
            return "a length of time such as 5s or 2m";
        }
        if (type == DataSize.class) {
            return "a size such as 64KB or 20MB";
        }
        if (type == URI.class) {
            return "an address such as https://api.weixin.qq.com";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class) {
            return "a whole number";
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        if (type == Path.class) {
            return "the path of a file or folder";
        }
        if (type == LocalTime.class) {
            return "a time of day such as 09:00";
        }
        if (type == ZoneId.class) {
            return "a time zone such as Asia/Shanghai";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return "a value that can be read as " + type.getSimpleName();
    }

    private static String environmentVariable(String key) {
        return key.replace("-", "")
                .replaceAll("[.\\[\\]]+", "_")
                .replaceAll("_$", "")
                .toUpperCase(Locale.ROOT);
    }
}
