package io.guanjia.gateway.channel;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * How long one message of words may be on a channel.
 *
 * @param most so many {@code unit}s
 * @param parts how the network divides a message and bills it; null where it does not
 */
public record TextLimit(int most, Unit unit, @Nullable Parts parts) {

    /** What a platform counts. */
    public enum Unit {
        /** Bytes of UTF-8. */
        BYTES,
        /** UTF-16 units, which is what platforms that speak of 字 count. */
        CHARACTERS
    }

    /**
     * The parts of a message, in characters: up to {@code alone} it is one, beyond that as many of
     * {@code each} as it takes.
     *
     * @param added what is sent along with every text and counts as well, such as a signature
     */
    public record Parts(int alone, int each, int added) {

        public int of(int length) {
            var whole = length + added;
            return whole <= alone ? 1 : Math.ceilDiv(whole, each);
        }
    }

    public TextLimit {
        if (most < 1) {
            throw new IllegalArgumentException("a text must be allowed at least one " + unit);
        }
    }

    public static TextLimit bytes(int most) {
        return new TextLimit(most, Unit.BYTES, null);
    }

    public static TextLimit characters(int most) {
        return new TextLimit(most, Unit.CHARACTERS, null);
    }

    /** Characters, billed by the part. */
    public static TextLimit billed(int most, int alone, int each) {
        return billed(most, alone, each, 0);
    }

    /**
     * The same, where something is {@code added} to every text and counts as well.
     *
     * @param most with what is added
     */
    public static TextLimit billed(int most, int alone, int each, int added) {
        return new TextLimit(most - added, Unit.CHARACTERS, new Parts(alone, each, added));
    }

    /**
     * An SMS as mainland China bills it, be it plain ASCII: 70 characters alone, else 67 in each of
     * several, because the phone is told how they belong together.
     *
     * @param most with what is {@code added}
     */
    public static TextLimit sms(int most, int added) {
        return billed(most, 70, 67, added);
    }

    public boolean fits(String text) {
        return length(text) <= most;
    }

    public int length(String text) {
        return switch (unit) {
            case BYTES -> text.getBytes(StandardCharsets.UTF_8).length;
            case CHARACTERS -> text.length();
        };
    }

    /** So many bytes of UTF-8 fit, whatever they say. */
    public int safeBytes() {
        return most;
    }
}
