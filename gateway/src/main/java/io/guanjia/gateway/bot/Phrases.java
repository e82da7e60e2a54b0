package io.guanjia.gateway.bot;

import java.util.Locale;
import java.util.ResourceBundle;

/** What the bot says of its own accord, from {@code bot/messages*.properties}. */
final class Phrases {

    private static final String BUNDLE = "bot.messages";

    private Phrases() {}

    static String unsure(Language language) {
        return phrase("unsure", language);
    }

    static String outOfDepth(Language language) {
        return phrase("out-of-depth", language);
    }

    /** Never falls back on the language of the machine. */
    private static String phrase(String key, Language language) {
        return ResourceBundle.getBundle(
                        BUNDLE,
                        language == Language.ENGLISH ? language.locale : Locale.ROOT,
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
    }
}
