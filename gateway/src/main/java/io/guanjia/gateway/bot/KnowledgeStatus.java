package io.guanjia.gateway.bot;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** Tells a knowledge editor whether the files they saved are the ones the bot answers from. */
public interface KnowledgeStatus {

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
     * @param file relative to the knowledge folder
     * @param line counted from 1
     */
    record Problem(String file, int line, String problem) {

        @Override
        public String toString() {
            return file + ":" + line + ": " + problem;
        }
    }
}
