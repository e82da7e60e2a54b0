package io.guanjia.launcher;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** Speaks to whoever sits at the terminal: Chinese first, then English. */
final class Words {

    private static final String BUNDLE = "launcher";

    private final PrintStream out;
    private final List<ResourceBundle> languages;

    Words(PrintStream out) {
        this.out = out;
        var english = ResourceBundle.getBundle(BUNDLE, Locale.ENGLISH);
        this.languages =
                out.charset().newEncoder().canEncode('管')
                        ? List.of(ResourceBundle.getBundle(BUNDLE, Locale.ROOT), english)
                        : List.of(english);
    }

    /** One line for both languages. */
    synchronized void line(String key, Object... values) {
        out.println("  " + String.join(" · ", in(key, values)));
    }

    /** A paragraph for each language. */
    synchronized void paragraphs(String key, Object... values) {
        out.println();
        in(key, values).forEach(out::println);
        out.println();
    }

    /** The words in every language the terminal can show. */
    String joined(String key, Object... values) {
        return in(key, values).stream().distinct().collect(Collectors.joining(" "));
    }

    private List<String> in(String key, Object... values) {
        return languages.stream()
                .map(words -> MessageFormat.format(words.getString(key), values))
                .toList();
    }
}
