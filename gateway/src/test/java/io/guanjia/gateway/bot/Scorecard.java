package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.Samples.Sample;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** How a bot did on a set of questions. */
record Scorecard(List<Marked> marked) {

    record Marked(Sample sample, BotAnswer answer) {

        @Nullable String answeredWith() {
            return answer instanceof BotAnswer.Answered answered ? answered.entryId() : null;
        }

        boolean answered() {
            return answeredWith() != null;
        }

        Marked surerThan(double sure) {
            return answer instanceof BotAnswer.Answered answered && answered.confidence() < sure
                    ? new Marked(sample, new BotAnswer.Unsure("", List.of()))
                    : this;
        }

        boolean right() {
            return sample.entryId().equals(answeredWith());
        }

        boolean suggested() {
            return answer instanceof BotAnswer.Unsure unsure
                    && unsure.suggestions().stream()
                            .anyMatch(one -> one.id().equals(sample.entryId()));
        }
    }

    static Scorecard of(Bot bot, List<Sample> samples) {
        return new Scorecard(
                samples.stream()
                        .map(sample -> new Marked(sample, ask(bot, sample.text())))
                        .toList());
    }

    private static BotAnswer ask(Bot bot, String text) {
        var answer = bot.answer(new Question(text, List.of(), "zh-CN")).block();
        if (answer == null) {
            throw new AssertionError("no answer to " + text);
        }
        return answer;
    }

    /** The same with a bot that asks back below some confidence; its suggestions are not known. */
    Scorecard surerThan(double sure) {
        return new Scorecard(marked.stream().map(one -> one.surerThan(sure)).toList());
    }

    /**
     * Of what the bot answered by itself, the share that was right; out of scope is always wrong.
     */
    double precision() {
        return share(marked.stream().filter(Marked::answered).toList(), Marked::right);
    }

    /** As {@link #precision}, of questions that have an answer. */
    double precisionInScope() {
        return share(ours().stream().filter(Marked::answered).toList(), Marked::right);
    }

    /** Of the questions that have an answer, the share that got one by itself, right or wrong. */
    double coverage() {
        return share(ours(), Marked::answered);
    }

    /** Of the questions that have an answer, the share that got it, or were offered it. */
    double helped() {
        return share(ours(), one -> one.right() || one.suggested());
    }

    /** Of the questions that have an answer, the share that the bot said it knows nothing about. */
    double turnedAway() {
        return share(ours(), one -> one.answer() instanceof BotAnswer.OutOfDepth);
    }

    /** Of the questions that have an answer, the share that a person is called for. */
    double handedOver() {
        return share(ours(), one -> one.answer() instanceof BotAnswer.WantsPerson);
    }

    /** Of the questions that have no answer, the share that got one. */
    double fooled() {
        return share(others(), Marked::answered);
    }

    /** Of the questions that have no answer, the share that the bot said it knows nothing about. */
    double declined() {
        return share(others(), one -> one.answer() instanceof BotAnswer.OutOfDepth);
    }

    List<Marked> ours() {
        return marked.stream().filter(one -> one.sample().ours()).toList();
    }

    private List<Marked> others() {
        return marked.stream().filter(one -> !one.sample().ours()).toList();
    }

    private static double share(List<Marked> all, java.util.function.Predicate<Marked> which) {
        return (double) all.stream().filter(which).count() / Math.max(1, all.size());
    }

    @Override
    public String toString() {
        return """
        %d questions in scope, %d out of scope
          answered by itself    %5.1f%% of those in scope (coverage)
          of these right        %5.1f%% (precision in scope)
          of all answered right %5.1f%% (precision, out of scope counted as wrong)
          right or in the three %5.1f%% of those in scope
          turned away           %5.1f%% of those in scope
          handed to a person    %5.1f%% of those in scope
          out of scope          %5.1f%% answered, %.1f%% told so, the rest asked back\
        """
                .formatted(
                        ours().size(),
                        others().size(),
                        100 * coverage(),
                        100 * precisionInScope(),
                        100 * precision(),
                        100 * helped(),
                        100 * turnedAway(),
                        100 * handedOver(),
                        100 * fooled(),
                        100 * declined());
    }
}
