package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.KnowledgeStatus.Problem;
import io.guanjia.gateway.bot.Rules.Section;
import io.guanjia.gateway.bot.Rules.Words;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Reads {@code rules.txt}; the head of the built-in one explains the form. One instance, one file.
 */
final class RulesFile {

    private static final Pattern TITLE = Pattern.compile("\\[[a-z-]+]");

    private final String file;
    private final List<Problem> problems;
    private final Map<Section, Words> sections = new EnumMap<>(Section.class);
    private @Nullable Words current;

    private RulesFile(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
        Stream.of(Section.values()).forEach(section -> sections.put(section, new Words()));
    }

    /** Adds what is wrong with the text to {@code problems} and leaves those lines out. */
    static Rules parse(String file, String text, List<Problem> problems) {
        return new RulesFile(file, problems).read(text);
    }

    private Rules read(String text) {
        var number = 0;
        for (var raw : text.lines().toList()) {
            number++;
            var line = raw.strip();
            if (TITLE.matcher(line).matches()) {
                current = section(line, number);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, number);
            }
        }
        return new Rules(sections);
    }

    /** The lines below a title nobody knows go nowhere, so they are not reported one by one. */
    private Words section(String title, int number) {
        var known = named(title).map(sections::get);
        if (known.isEmpty()) {
            var titles = Stream.of(Section.values()).map(RulesFile::title).toList();
            problem(number, Flaw.SECTION_UNKNOWN, title, String.join(" ", titles));
        }
        return known.orElseGet(Words::new);
    }

    private static Optional<Section> named(String title) {
        return Stream.of(Section.values())
                .filter(section -> title(section).equals(title))
                .findFirst();
    }

    private static String title(Section section) {
        return "[" + section.name().toLowerCase(Locale.ROOT).replace('_', '-') + "]";
    }

    private void add(String line, int number) {
        if (current == null) {
            problem(number, Flaw.SECTION_MISSING);
            return;
        }
        try {
            var rest = line.substring(1).strip();
            switch (line.charAt(0)) {
                case '-' -> current.exceptions().add(Pattern.compile(rest));
                case '=' -> current.patterns().add(Pattern.compile("^(?:" + rest + ")$"));
                default -> current.patterns().add(Pattern.compile(line));
            }
        } catch (PatternSyntaxException e) {
            problem(number, Flaw.PATTERN_MALFORMED, e.getDescription());
        }
    }

    private void problem(int line, Flaw flaw, Object... facts) {
        problems.add(Problem.of(file, line, flaw, facts));
    }
}
