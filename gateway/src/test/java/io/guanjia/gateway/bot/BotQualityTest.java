package io.guanjia.gateway.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.guanjia.gateway.bot.Samples.Sample;

import org.junit.jupiter.api.Test;

import java.util.stream.Collectors;

/**
 * How well the bot does with the shipped knowledge; prints the figures.
 *
 * <p>Nothing is set by {@code heldout.tsv}, so what is measured on it is near to what a customer
 * meets. But its author is also the knowledge's: expect real questions to do somewhat worse, and
 * replace both files by real ones.
 */
class BotQualityTest {

    private static final Bot BOT = Samples.bot();

    @Test
    void answersByItselfOnlyWhatItIsSureOf() {
        var score = Scorecard.of(BOT, Samples.read("heldout.tsv"));
        System.out.println("The bot on held-out questions: " + score);

        assertThat(score.precision()).isGreaterThanOrEqualTo(0.95);
        assertThat(score.coverage()).isGreaterThanOrEqualTo(0.6);
        assertThat(score.helped()).isGreaterThanOrEqualTo(0.9);
        assertThat(score.turnedAway()).isLessThanOrEqualTo(0.02);
    }

    /** What to read before changing {@code guanjia.bot.sure}. */
    @Test
    void knowsWhatEachThresholdWouldGive() {
        var eager = Samples.bot(new Judgement(Samples.SETTINGS.ours(), 0));
        var score = Scorecard.of(eager, Samples.read("calibration.tsv"));

        System.out.println("On the questions it was set by, with guanjia.bot.sure at");
        for (var sure = 0.99; sure > 0.7; sure -= 0.01) {
            var then = score.surerThan(sure);
            System.out.printf(
                    "  %.2f  precision %.1f%%  coverage %.1f%%%n",
                    sure, 100 * then.precision(), 100 * then.coverage());
        }
        var now = score.surerThan(Samples.SETTINGS.sure());
        assertThat(now.precision()).isGreaterThanOrEqualTo(0.95);
    }

    /** Where it fails after a change of knowledge or model, put what it prints into Judgement. */
    @Test
    void isAsOftenRightAsItsConfidenceSays() {
        var index = Samples.index();
        var rules = index.knowledge().rules();
        var samples =
                Samples.read("calibration.tsv").stream()
                        .filter(one -> !rules.namesOthers(Utterance.of(one.text())))
                        .toList();

        System.out.println(
                "Judgement's weights, fitted again: " + ConfidenceFit.of(index, samples));

        var expected = 0d;
        var right = 0d;
        for (var sample : samples) {
            var ranked = index.rank(rules.withoutFillers(Utterance.of(sample.text())));
            expected += Judgement.confidence(ranked);
            right += ranked.getFirst().entry().id().equals(sample.entryId()) ? 1 : 0;
        }
        assertThat(expected / samples.size()).isCloseTo(right / samples.size(), within(0.05));
    }

    @Test
    void wasSetOnOtherQuestionsThanItIsMeasuredOn() {
        var score = Scorecard.of(BOT, Samples.read("calibration.tsv"));
        System.out.println("The bot on the questions it was set by: " + score);

        var measured =
                Samples.read("heldout.tsv").stream().map(Sample::text).collect(Collectors.toSet());
        assertThat(Samples.read("calibration.tsv"))
                .extracting(Sample::text)
                .doesNotContainAnyElementsOf(measured);
        var known =
                new KnowledgeFolder(Samples.KNOWLEDGE)
                        .read().entries().stream()
                                .flatMap(Entry::wordings)
                                .collect(Collectors.toSet());
        assertThat(measured).doesNotContainAnyElementsOf(known);
    }
}
