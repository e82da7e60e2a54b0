package io.guanjia.gateway.outbound;

import io.guanjia.gateway.WordFiles;

import java.util.Locale;
import java.util.Map;

/** The words for reasons, those of the gateway and those that adapters bring. */
final class ReasonWords {

    private static final WordFiles ALL = WordFiles.read("reasons");

    private ReasonWords() {}

    /** Reads them now, on a thread that may wait. */
    static void load() {}

    /** By key: Chinese unless the locale is English. */
    static Map<String, String> in(Locale locale) {
        return ALL.in(locale);
    }
}
