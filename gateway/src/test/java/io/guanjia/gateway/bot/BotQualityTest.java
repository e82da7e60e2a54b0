package io.guanjia.gateway.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.bot.Samples.Sample;

import org.junit.jupiter.api.Test;

import java.util.stream.Collectors;

/**
 * How well the bot does with the shipped knowledge; prints the figures.
 *
 * <p>{@code heldout.tsv} has a bot's promise: nothing is set by it, so what is measured on it is
 * what a customer meets. Its author is also the knowledge's, so real questions will do somewhat
 * worse.
 */
class BotQualityTest {

    private static final Bot BOT = Samples.bot();

    @Test
    void answersByItselfOnlyWhatItIsSureOf() {
        var score = Scorecard.of(BOT, Samples.read("heldout.tsv"));
        System.out.println("The bot on held-out questions: " + score);

        assertThat(score.precision()).isGreaterThanOrEqualTo(0.95);
        assertThat(score.coverage()).isGreaterThanOrEqualTo(0.55);
        assertThat(score.helped()).isGreaterThanOrEqualTo(0.9);
        assertThat(score.turnedAway()).isLessThanOrEqualTo(0.05);
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
