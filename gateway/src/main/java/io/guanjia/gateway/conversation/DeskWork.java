package io.guanjia.gateway.conversation;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.conversation.Conversation.Closed;
import io.guanjia.gateway.conversation.Conversation.Elsewhere;
import io.guanjia.gateway.conversation.Conversation.Waiting;
import io.guanjia.gateway.conversation.Conversation.WithAgent;
import io.guanjia.gateway.conversation.Conversation.WithBot;
import io.guanjia.gateway.conversation.ConversationCommit.Stale;
import io.guanjia.gateway.conversation.Draft.Line;
import io.guanjia.gateway.conversation.Draft.Party;
import io.guanjia.gateway.downgrade.Said;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.outbound.Deliveries;
import io.guanjia.gateway.outbound.Outbox;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Carries out what people at the desk command, each in one transaction. */
final class DeskWork implements DeskCommands {

    /** Two people at once, or a person and a customer: the slower one decides again. */
    private static final Retry WHEN_STALE = Retry.max(20).filter(Stale.class::isInstance);

    private final ConversationStore store;
    private final ConversationCommit commit;
    private final Dialogue dialogue;
    private final Deliveries deliveries;
    private final Recalls recalls;
    private final Sayable sayable;
    private final Outbox outbox;
    private final Doorbell doorbell;
    private final Ids ids;
    private final Clock clock;

    DeskWork(
            ConversationStore store,
            ConversationCommit commit,
            Dialogue dialogue,
            Deliveries deliveries,
            Recalls recalls,
            Sayable sayable,
            Outbox outbox,
            Doorbell doorbell,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.commit = commit;
        this.dialogue = dialogue;
        this.deliveries = deliveries;
        this.recalls = recalls;
        this.sayable = sayable;
        this.outbox = outbox;
        this.doorbell = doorbell;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Mono<Void> take(UUID conversation, Actor by) {
        return change(
                conversation,
                now ->
                        switch (now) {
                            case WithBot _, Waiting _ -> dialogue.taken(now, by.username());
                            case WithAgent agent when agent.username().equals(by.username()) ->
                                    Turn.silent(now);
                            case WithAgent agent -> {
                                if (!by.supervises()) {
                                    throw new DeskRefusal.Taken(agent.username());
                                }
                                yield dialogue.taken(now, by.username());
                            }
                            case Elsewhere elsewhere -> {
                                requireSupervisor(elsewhere, by);
                                yield dialogue.taken(now, by.username());
                            }
                            case Closed _ -> throw new DeskRefusal.Closed();
                        });
    }

    @Override
    public Mono<Void> handBack(UUID conversation, Actor by) {
        return change(
                conversation,
                now ->
                        switch (now) {
                            case WithBot _ -> Turn.silent(now);
                            case Waiting _, WithAgent _, Elsewhere _ -> {
                                requireHolder(now, by);
                                yield dialogue.handedBack(now, by.username());
                            }
                            case Closed _ -> throw new DeskRefusal.Closed();
                        });
    }

    @Override
    public Mono<Void> close(UUID conversation, Actor by) {
        return change(
                conversation,
                now ->
                        switch (now) {
                            // Whoever waits would wait on: nobody tells them.
                            case WithBot _, Waiting _ -> {
                                requireHolder(now, by);
                                yield dialogue.closed(now, by.username());
                            }
                            case WithAgent agent -> {
                                if (!agent.username().equals(by.username()) && !by.supervises()) {
                                    throw new DeskRefusal.Taken(agent.username());
                                }
                                yield dialogue.closed(now, by.username());
                            }
                            case Elsewhere elsewhere -> {
                                requireSupervisor(elsewhere, by);
                                yield dialogue.closed(now, by.username());
                            }
                            case Closed _ -> Turn.silent(now);
                        });
    }

    /** Into the queue, if it still is as it was: whoever had it does not answer. */
    Mono<Void> release(UUID conversation, Conversation left, WaitReason why) {
        return change(
                conversation,
                now -> now.equals(left) ? dialogue.leftAlone(now, why) : Turn.silent(now));
    }

    /** Decides upon the state as it is now and commits that, again if somebody was quicker. */
    private Mono<Void> change(UUID id, Function<Conversation, Turn> decide) {
        return require(id)
                .flatMap(
                        party -> {
                            var now = state(party);
                            var turn = decide.apply(now);
                            if (turn.next().equals(now)) {
                                return Mono.empty();
                            }
                            var draft = new Draft(party, sayable, ids);
                            draft.add(turn, clock.instant());
                            return commit(draft);
                        })
                .retryWhen(WHEN_STALE);
    }

    @Override
    public Mono<UUID> reply(UUID conversation, Actor by, String clientId, Content content) {
        return require(conversation)
                .flatMap(
                        party -> {
                            return store.lineOf(party.id(), "out", clientId)
                                    .switchIfEmpty(
                                            Mono.defer(
                                                    () -> {
                                                        requireSpeaker(state(party), by);
                                                        return add(
                                                                party,
                                                                lines(
                                                                        by,
                                                                        clientId,
                                                                        sayable.require(
                                                                                party.address(),
                                                                                content)));
                                                    }));
                        })
                .retryWhen(WHEN_STALE);
    }

    @Override
    public Mono<List<Content>> preview(UUID conversation, Content content) {
        return require(conversation)
                .map(
                        party ->
                                sayable.require(party.address(), content).stream()
                                        .map(Said::content)
                                        .toList());
    }

    @Override
    public Mono<UUID> note(UUID conversation, Actor by, String clientId, String body) {
        return require(conversation)
                .flatMap(
                        party -> {
                            var words = Said.asItIs(new Content.Text(body));
                            var line = line("note", by, clientId, words);
                            return store.lineOf(party.id(), "note", clientId)
                                    .switchIfEmpty(Mono.defer(() -> add(party, List.of(line))));
                        })
                .retryWhen(WHEN_STALE);
    }

    @Override
    public Mono<Void> retry(UUID message, Actor by) {
        return store.aboutMessage(message)
                .switchIfEmpty(Mono.error(DeskRefusal.NotFound::new))
                .flatMap(
                        party -> {
                            requireHolder(state(party), by);
                            return deliveries.retry(message);
                        })
                .flatMap(
                        again ->
                                again
                                        ? Mono.fromRunnable(outbox::kick)
                                        : Mono.error(new DeskRefusal.NotRetryable()));
    }

    @Override
    public Mono<Void> recall(UUID message, Actor by) {
        return store.aboutMessage(message)
                .switchIfEmpty(Mono.error(DeskRefusal.NotFound::new))
                .flatMap(
                        party -> {
                            requireHolder(state(party), by);
                            return recalls.recall(message, by);
                        })
                .flatMap(conversation -> doorbell.ring(List.of(conversation)));
    }

    private Line line(String direction, Actor by, String clientId, Said said) {
        var now = clock.instant();
        return new Line(
                ids.next(),
                direction,
                Author.agent(by.username()),
                said,
                null,
                null,
                clientId,
                now,
                now,
                null);
    }

    /** The first has the client's id; the same message again meets it and adds none of them. */
    private List<Line> lines(Actor by, String clientId, List<Said> said) {
        return IntStream.range(0, said.size())
                .mapToObj(
                        i ->
                                line(
                                        "out",
                                        by,
                                        i == 0 ? clientId : clientId + "#" + (i + 1),
                                        said.get(i)))
                .toList();
    }

    /** Emits the first one's id. */
    private Mono<UUID> add(Party party, List<Line> lines) {
        var draft = new Draft(party, sayable, ids);
        lines.forEach(draft::add);
        return commit(draft).thenReturn(lines.getFirst().id());
    }

    private Mono<Void> commit(Draft draft) {
        return commit.commit(List.of(draft), clock.instant())
                .flatMap(changed -> doorbell.ring(changed).then(Mono.fromRunnable(outbox::kick)));
    }

    private Mono<Party> require(UUID conversation) {
        return store.conversation(conversation)
                .switchIfEmpty(Mono.error(DeskRefusal.NotFound::new));
    }

    private static Conversation state(Party party) {
        return Objects.requireNonNull(party.open()).state();
    }

    private static void requireSpeaker(Conversation now, Actor by) {
        switch (now) {
            case WithAgent agent when agent.username().equals(by.username()) -> {}
            case Closed _ -> throw new DeskRefusal.Closed();
            case WithAgent _, WithBot _, Waiting _, Elsewhere _ -> throw new DeskRefusal.NotYours();
        }
    }

    /**
     * A member has it elsewhere until the platform says otherwise, or somebody who answers for it.
     */
    private static void requireSupervisor(Elsewhere now, Actor by) {
        if (!by.supervises()) {
            throw new DeskRefusal.Taken(now.member());
        }
    }

    private static void requireHolder(Conversation now, Actor by) {
        var holds = now instanceof WithAgent agent && agent.username().equals(by.username());
        if (!holds && !by.supervises()) {
            throw new DeskRefusal.NotYours();
        }
    }
}
