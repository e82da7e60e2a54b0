package io.guanjia.weixin.callback;

import org.jspecify.annotations.Nullable;

/** Numbers as the platform writes them; null for anything else. */
public final class Numbers {

    private Numbers() {}

    public static @Nullable Double decimal(String text) {
        try {
            double number = Double.parseDouble(text.strip());
            return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static @Nullable Long whole(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
