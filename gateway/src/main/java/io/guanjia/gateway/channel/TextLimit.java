package io.guanjia.gateway.channel;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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
     * @param narrow how texts go that take less room; null where all take the same
     */
    public record Parts(int alone, int each, int added, @Nullable Narrow narrow) {

        public Parts(int alone, int each, int added) {
            this(alone, each, added, null);
        }

        /** Of characters that all take the same room. */
        public int of(int length) {
            var whole = length + added;
            return whole <= alone ? 1 : Math.ceilDiv(whole, each);
        }

        /** No character is divided between two. */
        public int of(String text) {
            return narrow != null && narrow.says(text)
                    ? divided(text, Narrow::room, narrow.alone, narrow.each, narrow.added)
                    : divided(text, Character::charCount, alone, each, added);
        }

        private static int divided(
                String text, IntUnaryOperator room, int alone, int each, int added) {
            var characters = text.codePoints().map(room).toArray();
            if (added + IntStream.of(characters).sum() <= alone) {
                return 1;
            }
            var parts = 1;
            var used = added;
            for (var size : characters) {
                if (used + size > each) {
                    parts++;
                    used = 0;
                }
                used += size;
            }
            return parts;
        }
    }

    /**
     * Parts of texts in which an ASCII character takes one byte and any other two.
     *
     * @param alone in bytes, as all of this
     * @param mixed whether ASCII does so beside Chinese, as in GBK; otherwise in texts of nothing
     *     else
     */
    public record Narrow(int alone, int each, int added, boolean mixed) {

        /** What GBK has for certain; a text with anything else counts as a wide one. */
        private static final Pattern GBK =
                Pattern.compile(
                        "[\\x00-\\x7f\u3000-\u3003\u3008-\u3011\u4e00-\u9fa5\uff01-\uff5e"
                                + "\u00b7\u2014\u2018\u2019\u201c\u201d\u2026]*");

        boolean says(String text) {
            return mixed ? GBK.matcher(text).matches() : text.chars().allMatch(c -> c < 0x80);
        }

        private static int room(int character) {
            return character < 0x80 ? 1 : 2;
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
