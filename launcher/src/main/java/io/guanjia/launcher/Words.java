package io.guanjia.launcher;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Speaks to whoever sits at the terminal: Chinese first, then English. */
final class Words {

    private static final String BUNDLE = "launcher";

    private final PrintStream out;
    private final List<Language> languages;

    Words(PrintStream out) {
        this.out = out;
        this.languages = languages(out);
    }

    private static List<Language> languages(PrintStream out) {
        var english = new Language(ResourceBundle.getBundle(BUNDLE, Locale.ENGLISH));
        return out.charset().newEncoder().canEncode('管')
                ? List.of(new Language(ResourceBundle.getBundle(BUNDLE, Locale.ROOT)), english)
                : List.of(english);
    }

    /** The words in every language that the terminal can show. */
    static List<String> inAll(String key, Object... values) {
        return languages(System.out).stream().map(language -> language.say(key, values)).toList();
    }

    /** One of the languages, as far as {@code launcher.properties} goes. */
    record Language(ResourceBundle words) {

        String say(String key, Object... values) {
            return MessageFormat.format(words.getString(key), values);
        }
    }

    /** One line for both languages. */
    synchronized void line(String key, Object... values) {
        out.println(
                languages.stream()
                        .map(language -> language.say(key, values))
                        .collect(Collectors.joining(" · ", "  ", "")));
    }

    /** A paragraph for each language. */
    void paragraphs(String key, Object... values) {
        paragraphs(language -> language.say(key, values));
    }

    /** A paragraph for each language. */
    synchronized void paragraphs(Function<Language, String> text) {
        out.println();
        languages.forEach(
                language -> {
                    out.println(text.apply(language));
                    out.println();
                });
    }
}
