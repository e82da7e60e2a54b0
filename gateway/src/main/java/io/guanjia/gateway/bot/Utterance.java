package io.guanjia.gateway.bot;

import com.github.houbb.opencc4j.util.ZhConverterUtil;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A sentence in the form in which sentences are compared: full-width characters made narrow,
 * traditional ones simplified, lower case, without emoji, and with every number that could identify
 * a person replaced by a word for what it is.
 *
 * @param text for the encoder; keeps its punctuation
 * @param compact for rules; letters and digits only, with a space only between words of a script
 *     that needs it, so that {@code 转 人.工!} reads {@code 转人工}
 */
record Utterance(String text, String compact) {

    /** Nobody asks one question in more; what follows costs time and tells nothing. */
    private static final int MAX_LENGTH = 1_000;

    private static final Pattern ID_NUMBER = digits("[1-9]\\d{16}[\\dx]");
    private static final Pattern MOBILE = digits("(?:\\+?86[- ]?)?1[3-9]\\d[- ]?\\d{4}[- ]?\\d{4}");
    private static final Pattern CARD = digits("\\d(?:[- ]?\\d){12,18}");
    private static final Pattern NOT_SPOKEN =
            Pattern.compile(
                    "\\[[\\p{IsHan}a-z]{1,6}]|[\\p{So}\\p{Sk}\\p{Cn}\\p{Co}\\p{Cs}\\p{Cc}\\p{Cf}]+");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NEEDLESS_SPACE =
            Pattern.compile("(?<=[^\\x00-\\x7F]) | (?=[^\\x00-\\x7F])|^ | $");

    static Utterance of(String raw) {
        var cut = raw.length() > MAX_LENGTH ? raw.substring(0, MAX_LENGTH) : raw;
        var plain =
                ZhConverterUtil.toSimple(Normalizer.normalize(cut, Normalizer.Form.NFKC))
                        .toLowerCase(Locale.ROOT);
        return ofPlain(SPACES.matcher(withoutPersonalData(spoken(plain))).replaceAll(" ").strip());
    }

    /** Of text that already has the form of {@link #text}. */
    static Utterance ofPlain(String text) {
        var letters = NOT_LETTERS.matcher(text).replaceAll(" ");
        return new Utterance(text, NEEDLESS_SPACE.matcher(letters).replaceAll(""));
    }

    private static String spoken(String text) {
        return NOT_SPOKEN.matcher(text).replaceAll(" ");
    }

    /** The longest first: an ID number also looks like a card number. */
    private static String withoutPersonalData(String text) {
        var noId = ID_NUMBER.matcher(text).replaceAll("身份证号");
        var noMobile = MOBILE.matcher(noId).replaceAll("手机号");
        return CARD.matcher(noMobile).replaceAll("卡号");
    }

    private static Pattern digits(String regex) {
        return Pattern.compile("(?<!\\d)(?:" + regex + ")(?!\\d)");
    }
}
