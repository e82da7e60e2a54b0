package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.BotAnswer.WantsPerson.Reason;
import io.guanjia.gateway.bot.KnowledgeStatus.Problem;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * What is decided by words alone, before anything is understood: who must be handed to a person,
 * who declines all suggestions, who may be asking about someone else's business, and which words
 * mean nothing.
 *
 * <p>The words are in {@code rules.txt}, whose head explains its form.
 */
final class Rules {

    /** The parts of the file, in the order in which they are tried. */
    private enum Section {
        LOSS_OR_FRAUD,
        COMPLAINT,
        ASKED,
        NONE_OF_THESE,
        OTHERS,
        FILLERS;

        String title() {
            return "[" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "]";
        }
    }

    private record Words(List<Pattern> exceptions, List<Pattern> patterns) {

        Words() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        /** An exception hides only its own words: 我要人工不要人工智能 still asks for a person. */
        boolean match(String compact) {
            var rest = replace(exceptions, compact, " ");
            return patterns.stream().anyMatch(pattern -> pattern.matcher(rest).find());
        }
    }

    private static final Pattern EDGES = Pattern.compile("^[\\p{P}\\s]+|[\\p{P}\\s]+$");

    private static final Pattern TITLE = Pattern.compile("\\[[a-z-]+]");

    private final Map<Section, Words> sections;

    private Rules(Map<Section, Words> sections) {
        this.sections = sections;
    }

    /** Adds what is wrong with the text to {@code problems} and leaves that line out. */
    static Rules parse(String file, String text, List<Problem> problems) {
        var sections = new EnumMap<Section, Words>(Section.class);
        Stream.of(Section.values()).forEach(section -> sections.put(section, new Words()));
        var current = Optional.<Words>empty();
        var number = 0;
        for (var raw : text.lines().toList()) {
            number++;
            var line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (TITLE.matcher(line).matches()) {
                current = section(line).map(sections::get);
                if (current.isEmpty()) {
                    problems.add(new Problem(file, number, line + " is none of " + titles()));
                    return new Rules(sections);
                }
            } else if (current.isEmpty()) {
                problems.add(new Problem(file, number, "goes before the first of " + titles()));
            } else {
                add(line, current.get(), new Problem(file, number, ""), problems);
            }
        }
        return new Rules(sections);
    }

    private static void add(String line, Words words, Problem here, List<Problem> problems) {
        try {
            switch (line.charAt(0)) {
                case '-' -> words.exceptions().add(Pattern.compile(line.substring(1).strip()));
                case '=' ->
                        words.patterns()
                                .add(Pattern.compile("^(?:" + line.substring(1).strip() + ")$"));
                default -> words.patterns().add(Pattern.compile(line));
            }
        } catch (PatternSyntaxException e) {
            problems.add(
                    new Problem(
                            here.file(),
                            here.line(),
                            "is no regular expression: " + e.getDescription()));
        }
    }

    private static Optional<Section> section(String title) {
        return Stream.of(Section.values())
                .filter(section -> section.title().equals(title))
                .findFirst();
    }

    private static String titles() {
        return String.join(" ", Stream.of(Section.values()).map(Section::title).toList());
    }

    /**
     * Why these words need a person, if they do; the most urgent reason where there are several.
     */
    Optional<Reason> person(Utterance sentence) {
        return Stream.of(Reason.values())
                .filter(reason -> match(sectionOf(reason), sentence))
                .findFirst();
    }

    private static Section sectionOf(Reason reason) {
        return switch (reason) {
            case LOSS_OR_FRAUD -> Section.LOSS_OR_FRAUD;
            case COMPLAINT -> Section.COMPLAINT;
            case ASKED -> Section.ASKED;
        };
    }

    boolean declines(Utterance sentence) {
        return match(Section.NONE_OF_THESE, sentence);
    }

    /** Whether the sentence names another company or authority, so may be about their business. */
    boolean namesOthers(Utterance sentence) {
        return match(Section.OTHERS, sentence);
    }

    /** The sentence without greetings and the like, unless they are all there is. */
    Utterance withoutFillers(Utterance sentence) {
        var rest = replace(words(Section.FILLERS).patterns(), sentence.text(), "");
        var bare = Utterance.ofPlain(EDGES.matcher(rest).replaceAll(""));
        return bare.compact().isEmpty() ? sentence : bare;
    }

    private boolean match(Section section, Utterance sentence) {
        return words(section).match(sentence.compact());
    }

    private Words words(Section section) {
        return sections.getOrDefault(section, new Words());
    }

    private static String replace(List<Pattern> patterns, String text, String replacement) {
        var rest = text;
        for (var pattern : patterns) {
            rest = pattern.matcher(rest).replaceAll(replacement);
        }
        return rest;
    }
}
