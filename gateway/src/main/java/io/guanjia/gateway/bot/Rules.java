package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.BotAnswer.WantsPerson.Reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
    enum Section {
        LOSS_OR_FRAUD,
        COMPLAINT,
        ASKED,
        NONE_OF_THESE,
        OTHERS,
        FILLERS
    }

    /** A section's lines: what is looked for, except in what is taken out before. */
    record Words(List<Pattern> exceptions, List<Pattern> patterns) {

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

    private final Map<Section, Words> sections;

    Rules(Map<Section, Words> sections) {
        this.sections = sections;
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
