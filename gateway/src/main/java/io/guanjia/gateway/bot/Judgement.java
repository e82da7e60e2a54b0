package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.KnowledgeIndex.Match;

import java.util.List;

/**
 * Decides from a ranking whether the best entry is what was asked.
 *
 * <p>Two gates. How close the nearest wording is tells whether a question is ours at all. How close
 * the best entry is, and how far ahead of the next, tells whether it is that one: a logistic
 * regression over the two gives the chance of being right.
 *
 * @param ours the cosine from which a question is ours
 * @param sure the confidence from which it is answered without asking back
 */
record Judgement(double ours, double sure) {

    // Fitted on calibration.tsv, by ConfidenceFit; both are with the tests.
    private static final double PER_SCORE = 17.1;
    private static final double PER_LEAD = 11.8;
    private static final double BIAS = -11.9;

    sealed interface Verdict {}

    /** This is what was asked. */
    record Sure(Entry entry, double confidence) implements Verdict {}

    /** It is one of the first few. */
    record Likely() implements Verdict {}

    /** It is none of ours. */
    record Foreign() implements Verdict {}

    /** Of a ranking of at least one entry, the closest first. */
    Verdict of(List<Match> ranked) {
        var nearest = ranked.stream().mapToDouble(Match::nearest).max().orElse(0);
        if (nearest < ours) {
            return new Foreign();
        }
        var confidence = confidence(ranked);
        return confidence < sure ? new Likely() : new Sure(ranked.getFirst().entry(), confidence);
    }

    /** The chance that the first is right, as far as the ranking tells. */
    static double confidence(List<Match> ranked) {
        var evidence = BIAS + PER_SCORE * score(ranked) + PER_LEAD * lead(ranked);
        return 1 / (1 + Math.exp(-evidence));
    }

    static double score(List<Match> ranked) {
        return ranked.getFirst().score();
    }

    static double lead(List<Match> ranked) {
        return ranked.size() < 2 ? 1 : ranked.get(0).score() - ranked.get(1).score();
    }
}
