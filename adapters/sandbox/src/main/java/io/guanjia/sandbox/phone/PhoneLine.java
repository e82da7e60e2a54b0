package io.guanjia.sandbox.phone;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * One entry on a customer's screen.
 *
 * @param mine whether the customer did it
 * @param kind {@code text}, {@code image}, {@code voice}, {@code video}, {@code file}, {@code
 *     card}, {@code location}, {@code menu} or {@code event}
 * @param text what there is to read
 * @param url what a tap opens, or the picture
 * @param options what can be chosen; empty but for a menu
 * @param note in small print, such as how an answer came or how many parts an SMS had
 */
public record PhoneLine(
        Instant at,
        boolean mine,
        String kind,
        String text,
        @Nullable String url,
        List<Option> options,
        @Nullable String note) {

    public PhoneLine {
        options = List.copyOf(options);
    }

    /** Something to choose. */
    public record Option(String id, String label) {}

    public static PhoneLine text(Instant at, boolean mine, String text) {
        return new PhoneLine(at, mine, "text", text, null, List.of(), null);
    }
}
