package io.guanjia.gateway.bot;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Tells a knowledge editor whether the files they saved are the ones the bot answers from. */
public interface KnowledgeStatus {

    /** Stands in for a file where the knowledge as a whole has a problem. */
    String EVERYWHERE = ".";

    /** What serves now and what, if anything, keeps newer files from serving. Never blocks. */
    Report report();

    /**
     * @param ready whether the bot can answer; false while it loads its model
     * @param liveSince when the serving version was taken into service; null before the first
     * @param problems why the newest files do not serve as a whole; while there are any, the
     *     version before them goes on serving, or on a node that started with them what is sound in
     *     them. Empty when the newest files serve
     */
    record Report(
            boolean ready,
            int entries,
            int wordings,
            @Nullable Instant liveSince,
            List<Problem> problems) {

        public Report {
            problems = List.copyOf(problems);
        }
    }

    /**
     * @param file relative to the knowledge folder; {@link #EVERYWHERE} for the folder itself
     * @param line counted from 1
     * @param facts what the sentence about the flaw is filled in with
     */
    record Problem(String file, int line, Flaw flaw, List<String> facts) {

        public Problem {
            facts = List.copyOf(facts);
            if (facts.size() != flaw.facts) {
                throw new IllegalArgumentException(flaw + " takes other facts than " + facts);
            }
        }

        static Problem of(String file, int line, Flaw flaw, Object... facts) {
            return new Problem(file, line, flaw, Stream.of(facts).map(Object::toString).toList());
        }

        /** With the knowledge as a whole rather than with a line of it. */
        static Problem ofAll(Flaw flaw, Object... facts) {
            return of(EVERYWHERE, 1, flaw, facts);
        }

        /** One sentence without its full stop: Chinese unless {@code locale} is English. */
        public String words(Locale locale) {
            return flaw.words(facts, locale);
        }

        /** For the log, which is English. */
        @Override
        public String toString() {
            return file + ":" + line + ": " + words(Locale.ENGLISH);
        }
    }
}
