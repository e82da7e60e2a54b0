package io.guanjia.gateway.bot;

import io.guanjia.gateway.bot.BotAnswer.Answered;
import io.guanjia.gateway.bot.BotAnswer.OutOfDepth;
import io.guanjia.gateway.bot.BotAnswer.Unsure;
import io.guanjia.gateway.bot.BotAnswer.WantsPerson;
import io.guanjia.gateway.bot.KnowledgeIndex.Match;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import java.util.List;
import java.util.Optional;

/** Answers what it is sure of, asks back when it is not, and knows what it does not know. */
final class KnowledgeBot implements Bot {

    private static final int SUGGESTIONS = 3;

    private final LiveKnowledge knowledge;
    private final Judgement judgement;
    private final Scheduler scheduler;

    KnowledgeBot(LiveKnowledge knowledge, Judgement judgement, Scheduler scheduler) {
        this.knowledge = knowledge;
        this.judgement = judgement;
        this.scheduler = scheduler;
    }

    /** A question, read once. */
    private record Heard(Utterance said, List<Suggestion> offered, Language language) {

        static Heard of(Question question) {
            return new Heard(
                    Utterance.of(question.text()),
                    question.offered(),
                    Language.of(question.locale()));
        }
    }

    @Override
    public Mono<BotAnswer> answer(Question question) {
        return Mono.fromSupplier(() -> Heard.of(question))
                .flatMap(heard -> Mono.justOrEmpty(byRule(heard)).switchIfEmpty(byMeaning(heard)))
                .subscribeOn(scheduler);
    }

    /** Needs no model: a customer can always reach a person. */
    private Optional<BotAnswer> byRule(Heard heard) {
        var now = knowledge.knowledge();
        return Choice.of(heard.said(), heard.offered())
                .flatMap(picked -> now.find(picked.id()))
                .map(entry -> answered(entry, 1, heard))
                .or(() -> now.rules().person(heard.said()).map(WantsPerson::new))
                .or(() -> declined(heard, now.rules()));
    }

    private static Optional<BotAnswer> declined(Heard heard, Rules rules) {
        return !heard.offered().isEmpty() && rules.declines(heard.said())
                ? Optional.of(outOfDepth(heard))
                : Optional.empty();
    }

    private Mono<BotAnswer> byMeaning(Heard heard) {
        return Mono.defer(knowledge::index)
                .publishOn(scheduler)
                .map(index -> understand(heard, index));
    }

    private BotAnswer understand(Heard heard, KnowledgeIndex index) {
        var said = index.knowledge().rules().withoutFillers(heard.said());
        if (said.compact().isEmpty()) {
            return outOfDepth(heard);
        }
        return index.verbatim(said)
                .map(entry -> answered(entry, 1, heard))
                .orElseGet(() -> judge(heard, index.rank(said)));
    }

    private BotAnswer judge(Heard heard, List<Match> ranked) {
        return switch (judgement.of(ranked)) {
            case Judgement.Sure sure when !namesOthers(heard) ->
                    answered(sure.entry(), sure.confidence(), heard);
            case Judgement.Sure _, Judgement.Likely _ -> unsure(heard, ranked);
            case Judgement.Foreign _ -> outOfDepth(heard);
        };
    }

    private boolean namesOthers(Heard heard) {
        return knowledge.knowledge().rules().namesOthers(heard.said());
    }

    private static BotAnswer answered(Entry entry, double confidence, Heard heard) {
        return new Answered(entry.id(), entry.in(heard.language()).answer(), confidence);
    }

    private static BotAnswer unsure(Heard heard, List<Match> ranked) {
        var suggestions =
                ranked.stream()
                        .map(Match::entry)
                        .filter(entry -> !entry.smallTalk())
                        .limit(SUGGESTIONS)
                        .map(
                                entry ->
                                        new Suggestion(
                                                entry.id(), entry.in(heard.language()).title()))
                        .toList();
        return suggestions.isEmpty()
                ? outOfDepth(heard)
                : new Unsure(Phrases.unsure(heard.language()), suggestions);
    }

    private static BotAnswer outOfDepth(Heard heard) {
        return new OutOfDepth(Phrases.outOfDepth(heard.language()));
    }
}
