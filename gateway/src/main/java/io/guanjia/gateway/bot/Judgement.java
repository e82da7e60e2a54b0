package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.KnowledgeIndex.Match;

import java.util.List;

/**
 * Decides from a ranking whether the best entry is what was asked.
 *
 * <p>Two gates: how close the nearest wording is tells whether a question is ours at all; how far
 * the best entry is ahead of the others tells which one it is.
 *
 * @param ours the cosine from which a question is ours
 * @param sure the confidence from which it is answered without asking back
 * @param sharpness how much a lead counts: what the softmax multiplies scores with
 */
record Judgement(double ours, double sure, double sharpness) {

    sealed interface Verdict {}

    /** This is what was asked. */
    record Sure(Entry entry, double confidence) implements Verdict {}

    /** It is one of the first few. */
    record Likely(double confidence) implements Verdict {}

    /** It is none of ours. */
    record Foreign() implements Verdict {}

    Verdict of(List<Match> ranked) {
        var nearest = ranked.stream().mapToDouble(Match::cosine).max().orElse(0);
        if (nearest < ours) {
            return new Foreign();
        }
        var best = ranked.getFirst();
        var confidence = confidence(ranked);
        return confidence < sure ? new Likely(confidence) : new Sure(best.entry(), confidence);
    }

    /** How close the best entry is, times the share of it that softmax gives to that entry. */
    double confidence(List<Match> ranked) {
        var best = ranked.getFirst();
        var all =
                ranked.stream()
                        .mapToDouble(match -> Math.exp(sharpness * (match.score() - best.score())))
                        .sum();
        return Math.max(0, best.cosine()) / all;
    }
}
