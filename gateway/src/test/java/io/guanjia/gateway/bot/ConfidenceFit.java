package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.KnowledgeIndex.Match;
import io.guanjia.gateway.bot.Samples.Sample;

import java.util.List;

/**
 * Fits how sure a ranking makes us that its first entry is right: logistic regression of that on
 * the first entry's score and its lead, by gradient descent.
 */
record ConfidenceFit(double perScore, double perLead, double bias) {

    private static final int ROUNDS = 50_000;
    private static final double STEP = 2;

    private record Point(double score, double lead, double right) {}

    static ConfidenceFit of(KnowledgeIndex index, List<Sample> samples) {
        var points = samples.stream().map(sample -> point(index, sample)).toList();
        var fit = new ConfidenceFit(0, 0, 0);
        for (var round = 0; round < ROUNDS; round++) {
            fit = fit.closerTo(points);
        }
        return fit;
    }

    private static Point point(KnowledgeIndex index, Sample sample) {
        var said = index.knowledge().rules().withoutFillers(Utterance.of(sample.text()));
        List<Match> ranked = index.rank(said);
        var right = ranked.getFirst().entry().id().equals(sample.entryId());
        return new Point(Judgement.score(ranked), Judgement.lead(ranked), right ? 1 : 0);
    }

    private ConfidenceFit closerTo(List<Point> points) {
        double score = 0;
        double lead = 0;
        double constant = 0;
        for (var point : points) {
            var evidence = bias + perScore * point.score() + perLead * point.lead();
            var off = point.right() - 1 / (1 + Math.exp(-evidence));
            score += off * point.score();
            lead += off * point.lead();
            constant += off;
        }
        var step = STEP / points.size();
        return new ConfidenceFit(
                perScore + step * score, perLead + step * lead, bias + step * constant);
    }
}
