package io.guanjia.adapters.sms;

import io.guanjia.gateway.channel.TextLimit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How an SMS goes over the air: in one message, or in several that the phone puts together again.
 *
 * @param units septets or UTF-16 units in all, without what joins the parts
 * @param parts how many messages it takes
 */
public record SmsSegments(Encoding encoding, int units, int parts) {

    /** The longest text that Chinese providers take, its signature included (阿里云, 短信计数规则). */
    public static final int LONGEST = 500;

    /** Which {@link #isLimit limits} an account may have, for whoever set another. */
    public static final String LIMITS =
            "text-limit must be 20 to 500 characters, with the signature";

    private static final int SHORTEST_LIMIT = 20;

    /** Whether an account's texts may be limited to that many characters. */
    public static boolean isLimit(int characters) {
        return characters >= SHORTEST_LIMIT && characters <= LONGEST;
    }

    /** The alphabets of GSM 03.38. */
    public enum Encoding {
        /** 160 septets alone, 153 beside the six bytes that join the parts. */
        GSM_7(160, 153),
        /** 70 UTF-16 units alone, 67 beside them. */
        UCS_2(70, 67);

        private final int alone;
        private final int each;

        Encoding(int alone, int each) {
            this.alone = alone;
            this.each = each;
        }

        /** The one that takes less room and can say all of it. */
        public static Encoding of(String text) {
            return Gsm7.canSay(text) ? GSM_7 : UCS_2;
        }

        private int units(int character) {
            return switch (this) {
                case GSM_7 -> Gsm7.septets(character);
                case UCS_2 -> Character.charCount(character);
            };
        }

        private int units(String text) {
            return text.codePoints().map(this::units).sum();
        }
    }

    /** By the rules of the air, as providers outside mainland China bill. */
    public static SmsSegments of(String text) {
        var encoding = Encoding.of(text);
        return new SmsSegments(encoding, encoding.units(text), divide(text, encoding).size());
    }

    /**
     * As mainland China bills, see {@link TextLimit#sms} (阿里云, document 44335).
     *
     * @param text with its signature
     */
    public static SmsSegments billed(String text) {
        var parts = Objects.requireNonNull(TextLimit.sms(LONGEST, 0).parts());
        return new SmsSegments(Encoding.UCS_2, text.length(), parts.of(text.length()));
    }

    /** The text of each part. No character, and no escape of the GSM alphabet, is torn apart. */
    public static List<String> divide(String text, Encoding encoding) {
        if (encoding.units(text) <= encoding.alone) {
            return List.of(text);
        }
        var parts = new ArrayList<String>();
        var begin = 0;
        var used = 0;
        for (var at = 0; at < text.length(); ) {
            var character = text.codePointAt(at);
            var units = encoding.units(character);
            if (used + units > encoding.each) {
                parts.add(text.substring(begin, at));
                begin = at;
                used = 0;
            }
            used += units;
            at += Character.charCount(character);
        }
        parts.add(text.substring(begin));
        return parts;
    }

    /**
     * How long a text may be that goes out behind 【{@code signName}】, and how it is billed.
     *
     * @param most with the signature
     */
    public static TextLimit limit(int most, String signName) {
        var added = signName.isEmpty() ? 0 : signName.length() + 2;
        return TextLimit.sms(most, added);
    }
}
