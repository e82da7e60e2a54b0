package io.guanjia.weixin.api;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes words fit for the platform's JSON. It answers {@code \\uXXXX} escapes with 40033, so the
 * characters that JSON can only carry escaped must not occur.
 */
public final class Words {

    private Words() {}

    public static String sendable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (needsEscape(text.charAt(i))) {
                return cleaned(text);
            }
        }
        return text;
    }

    public static @Nullable String sendableOrNull(@Nullable String text) {
        return text == null ? null : sendable(text);
    }

    /** The same for each text in a structure of maps and lists. */
    public static Object sendableAll(@Nullable Object value) {
        return switch (value) {
            case String text -> sendable(text);
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>();
                map.forEach((key, entry) -> copy.put(key, sendableAll(entry)));
                yield copy;
            }
            case List<?> list -> list.stream().map(Words::sendableAll).toList();
            case null -> "";
            default -> value;
        };
    }

    private static String cleaned(String text) {
        var copy = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!needsEscape(c)) {
                copy.append(c);
            } else if (c == '\u2028' || c == '\u2029') {
                copy.append('\n');
            }
        }
        return copy.toString();
    }

    private static boolean needsEscape(char c) {
        return (c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == '\u2028' || c == '\u2029';
    }
}
