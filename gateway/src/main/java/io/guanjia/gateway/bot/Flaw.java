package io.guanjia.gateway.bot;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be wrong with the knowledge. {@code bot/flaws*.properties} says each in words, in which
 * {@code {0}}, {@code {1}} … are its facts, as the comments here list them.
 */
public enum Flaw {
    NO_QUESTIONS(0),
    /** What the disk said. */
    FOLDER_UNREADABLE(1),
    NOT_UTF8(0),

    FILE_EMPTY(0),
    TOPIC_MISSING(0),
    TOPIC_SECOND(0),
    /** The mark, and the one that there is. */
    MARK_UNKNOWN(2),
    HEADING_UNKNOWN(0),
    COMMENT_OPEN(0),

    ID_MISSING(0),
    /** The id. */
    ID_MALFORMED(1),
    /** The id, and the file and line that have it already. */
    ID_TAKEN(3),

    QUESTION_MISSING(0),
    /** How many characters it may have. */
    QUESTION_TOO_LONG(1),
    WORDINGS_MISSING(0),
    WORDING_EMPTY(0),
    /** The wording, and the file and line that have it already. */
    WORDING_TAKEN(3),
    ANSWER_MISSING(0),
    /** How many characters it has, and may have. */
    ANSWER_TOO_LONG(2),
    ENGLISH_ALONE(0),
    ENGLISH_SECOND(0),

    /** The title of the section, and all that there are. */
    SECTION_UNKNOWN(2),
    SECTION_MISSING(0),
    /** What Java says of it. */
    PATTERN_MALFORMED(1),

    /** What went wrong. */
    NOT_TAKEN(1),
    /** What went wrong. */
    MODEL_MISSING(1);

    private static final String BUNDLE = "bot.flaws";
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    final int facts;

    Flaw(int facts) {
        this.facts = facts;
    }

    /** The same in every release and language, such as {@code id-missing}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Chinese unless {@code locale} is English. Filled in plainly, as braces abound in examples.
     */
    String words(List<String> facts, Locale locale) {
        var sentence =
                ResourceBundle.getBundle(
                                BUNDLE,
                                locale.getLanguage().equals("en") ? Locale.ENGLISH : Locale.ROOT,
                                ResourceBundle.Control.getNoFallbackControl(
                                        ResourceBundle.Control.FORMAT_PROPERTIES))
                        .getString(code());
        return PLACE.matcher(sentence)
                .replaceAll(
                        place ->
                                Matcher.quoteReplacement(
                                        facts.get(Integer.parseInt(place.group(1)))));
    }
}
