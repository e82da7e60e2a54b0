package io.guanjia.gateway.bot;

import java.util.Locale;

/** The languages the bot speaks. */
enum Language {
    CHINESE(Locale.CHINESE),
    ENGLISH(Locale.ENGLISH);

    final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** The language of a BCP 47 tag: English for English, Chinese for everything else. */
    static Language of(String tag) {
        return Locale.forLanguageTag(tag).getLanguage().equals("en") ? ENGLISH : CHINESE;
    }
}
