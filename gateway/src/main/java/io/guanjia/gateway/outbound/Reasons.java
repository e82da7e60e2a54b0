package io.guanjia.gateway.outbound;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a delivery is where it is.
 *
 * <p>A stored reason is one of these codes, a few words of an adapter's or a platform's own. {@link
 * #words} turns all into something to show. An adapter brings what it says of its own accord in
 * {@code reasons/<module>.properties} of its resources, Chinese, and {@code
 * reasons/<module>_en.properties}: the key is its words in lower case, joined by hyphens.
 */
public final class Reasons {

    /** The account may only answer. */
    static final String NO_PUSH = "no-push";

    /** The reply window is closed or used up. */
    static final String WINDOW = "window";

    /** The customer did not write in time. */
    static final String NEVER_WROTE = "never-wrote";

    /** It could not be sent in time. */
    static final String TOO_LATE = "too-late";

    /** The node that was sending it went away. */
    static final String NODE_LOST = "node-lost";

    /**
     * It was given to the platform as a passive reply, and nobody confirmed that it was written.
     */
    static final String UNCONFIRMED = "unconfirmed";

    /** The platform did not answer. */
    static final String NO_ANSWER = "no-answer";

    /** Something broke while it was being sent. */
    static final String BROKEN = "broken";

    /** The account is not in the settings any more. */
    static final String NO_ACCOUNT = "no-account";

    /** The stored message cannot be read. */
    static final String UNREADABLE = "unreadable";

    /** The platform took it and then failed to deliver it, without saying why. */
    static final String UNDELIVERED = "undelivered";

    /** The customer does not want to hear from us any more. */
    static final String UNFOLLOWED = "unfollowed";

    private static final Pattern NOT_IN_KEYS = Pattern.compile("[^a-z0-9]+");

    private Reasons() {}

    /**
     * A stored reason in words: Chinese unless {@code locale} is English. What an adapter says of
     * its own accord is looked up by its words, without what follows a colon, which is for
     * engineers unless the words have a place for it, {@code {0}}; a platform's own words stay as
     * they are.
     */
    public static String words(String reason, Locale locale) {
        var known = ReasonWords.in(locale);
        var colon = reason.indexOf(':');
        var beginning = colon < 0 ? reason : reason.substring(0, colon);
        var rest = colon < 0 ? "" : reason.substring(colon + 1).strip();
        return Stream.of(reason, key(reason), key(beginning))
                .map(known::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(words -> words.replace("{0}", rest))
                .orElse(reason);
    }

    private static String key(String words) {
        return NOT_IN_KEYS.matcher(words.toLowerCase(Locale.ROOT)).replaceAll("-");
    }
}
