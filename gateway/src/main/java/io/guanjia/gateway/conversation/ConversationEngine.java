package io.guanjia.gateway.conversation;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.bot.Bot;
import io.guanjia.gateway.bot.BotAnswer;
import io.guanjia.gateway.bot.Question;
import io.guanjia.gateway.bot.Suggestion;
import io.guanjia.gateway.conversation.Conversation.Waiting;
import io.guanjia.gateway.conversation.Conversation.WithBot;
import io.guanjia.gateway.conversation.ConversationStore.Loaded;
import io.guanjia.gateway.handoff.Desk;
import io.guanjia.gateway.handoff.DeskHours;
import io.guanjia.gateway.journal.JournalRecord;
import io.guanjia.gateway.live.AnswerBoard;
import io.guanjia.gateway.live.AnswerBoard.Worked;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.outbound.Outbox;
import io.guanjia.gateway.outbound.Receipts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Works one lane's share of a batch: what the senders' messages lead to, committed at once.
 *
 * <p>Safe to repeat whole: until the commit nothing has left the building, and what a commit has
 * done the next try finds done.
 */
final class ConversationEngine implements JournalEffects {

    private static final Logger log = LoggerFactory.getLogger(ConversationEngine.class);

    /** The bot thinks about this many customers' words at a time; its own threads are the bound. */
    private static final int SIDE_BY_SIDE = 16;

    /** Who comes back within this time to a conversation that goes on is not welcomed anew. */
    private static final Duration WELCOME_AGAIN_AFTER = Duration.ofHours(24);

    private final ConversationStore store;
    private final ConversationCommit commit;
    private final Dialogue dialogue;
    private final OptOuts optOuts;
    private final Bot bot;
    private final DeskHours hours;
    private final Sayable sayable;
    private final Receipts receipts;
    private final Outbox outbox;
    private final Doorbell doorbell;
    private final AnswerBoard board;
    private final ConversationSettings settings;
    private final Ids ids;
    private final Clock clock;

    ConversationEngine(
            ConversationStore store,
            ConversationCommit commit,
            Dialogue dialogue,
            OptOuts optOuts,
            Bot bot,
            DeskHours hours,
            Sayable sayable,
            Receipts receipts,
            Outbox outbox,
            Doorbell doorbell,
            AnswerBoard board,
            ConversationSettings settings,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.commit = commit;
        this.dialogue = dialogue;
        this.optOuts = optOuts;
        this.bot = bot;
        this.hours = hours;
        this.sayable = sayable;
        this.receipts = receipts;
        this.outbox = outbox;
        this.doorbell = doorbell;
        this.board = board;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Mono<Void> work(List<JournalRecord> records) {
        var messages = new LinkedHashMap<Address, List<Incoming>>();
        var reports = new ArrayList<Receipt>();
        for (var record : records) {
            switch (record.inbound()) {
                case InboundMessage message ->
                        messages.computeIfAbsent(message.from(), from -> new ArrayList<>())
                                .add(new Incoming(message, record));
                case Receipt receipt -> reports.add(receipt);
            }
        }
        return (messages.isEmpty() ? Mono.<Void>empty() : converse(messages))
                .then(reports.isEmpty() ? Mono.empty() : receipts.apply(reports));
    }

    private record Incoming(InboundMessage message, JournalRecord record) {}

    private Mono<Void> converse(Map<Address, List<Incoming>> messages) {
        return Mono.zip(store.parties(keys(messages)), hours.now())
                .flatMap(loaded -> drafts(messages, loaded.getT1(), loaded.getT2()))
                .flatMap(
                        drafts ->
                                commit.commit(drafts, clock.instant())
                                        .flatMap(changed -> tell(messages, drafts, changed)));
    }

    private static Map<Address, List<String>> keys(Map<Address, List<Incoming>> messages) {
        return messages.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                entry ->
                                        entry.getValue().stream()
                                                .map(one -> one.message().dedupeKey())
                                                .toList()));
    }

    private Mono<Void> tell(
            Map<Address, List<Incoming>> messages, List<Draft> drafts, List<UUID> changed) {
        return board.announce(worked(messages, drafts))
                .then(Mono.fromRunnable(outbox::kick))
                .then(doorbell.ring(changed));
    }

    private Mono<List<Draft>> drafts(
            Map<Address, List<Incoming>> messages, Map<Address, Loaded> loaded, Desk desk) {
        return Flux.fromIterable(messages.entrySet())
                .flatMap(
                        entry -> {
                            var from = Optional.ofNullable(loaded.get(entry.getKey()));
                            return from.map(one -> draft(one, entry.getValue(), desk))
                                    .orElseGet(() -> Mono.error(new ConversationCommit.Stale()));
                        },
                        SIDE_BY_SIDE)
                .collectList();
    }

    /** Without what has had its effect before, and without repeats within the batch. */
    private static List<Incoming> fresh(List<Incoming> incoming, Set<String> known) {
        var seen = new HashSet<>(known);
        return incoming.stream().filter(one -> seen.add(one.message().dedupeKey())).toList();
    }

    /** One customer's messages, one after the other. */
    private Mono<Draft> draft(Loaded from, List<Incoming> incoming, Desk desk) {
        var fresh = fresh(incoming, from.known());
        if (fresh.isEmpty()) {
            return Mono.empty();
        }
        var draft = new Draft(from.party(), sayable, ids);
        return Flux.fromIterable(fresh)
                .concatMap(
                        one ->
                                overtaken(draft, one.message())
                                        .flatMap(
                                                overtaken ->
                                                        overtaken
                                                                ? note(draft, one.message())
                                                                : effect(draft, one, desk)))
                .then(Mono.just(draft));
    }

    /**
     * Whether an event comes after something that happened later: a node that could not reach the
     * journal kept it. In the same second, which is as exact as some platforms are, the journal's
     * order holds.
     */
    private Mono<Boolean> overtaken(Draft draft, InboundMessage message) {
        var party = draft.party().id();
        var sent = message.sentAt();
        return switch (message.content()) {
            case Event.Followed _ ->
                    draft.didAfter(sent, Event.Unfollowed.class::isInstance)
                            ? Mono.just(true)
                            : store.leftAfter(party, sent);
            case Event.Unfollowed _ ->
                    draft.didAfter(sent, content -> !(content instanceof Event.Unfollowed))
                            ? Mono.just(true)
                            : store.heardAfter(party, sent);
            default -> Mono.just(false);
        };
    }

    private static Mono<Draft> note(Draft draft, InboundMessage message) {
        draft.addOvertaken(message);
        return Mono.just(draft);
    }

    private Mono<Draft> effect(Draft draft, Incoming one, Desk desk) {
        return turn(draft, one.message(), desk)
                .map(turn -> new Step(one, fitted(turn, one.message())))
                .map(step -> add(draft, step));
    }

    /** As the account it is about can have it. */
    private Turn fitted(Turn turn, InboundMessage message) {
        var spared =
                sayable.isOneOnly(message.from(), message.trigger())
                        ? turn.sparingTheAnswer()
                        : turn;
        return sayable.hasColleagues(message.from()) ? spared.toColleagues() : spared;
    }

    private record Step(Incoming incoming, Turn turn) {}

    private Draft add(Draft draft, Step step) {
        var record = step.incoming().record();
        draft.add(step.incoming().message(), record.answerBy(), step.turn(), clock.instant());
        return draft;
    }

    private Mono<Turn> turn(Draft draft, InboundMessage message, Desk ours) {
        var now = draft.state();
        if (optOuts.isOne(message)) {
            return Mono.just(dialogue.optedOut(now));
        }
        var atOurs = now instanceof Waiting || !sayable.hasColleagues(message.from());
        var desk = atOurs ? ours : ours.attended();
        if (now instanceof WithBot && message.content() instanceof Event.Entered) {
            return wasHere(draft, message)
                    .map(
                            lately ->
                                    lately
                                            ? Turn.silent(now)
                                            : dialogue.after(now, message.content(), null, desk));
        }
        return Mono.justOrEmpty(dialogue.question(now, message.content()))
                .flatMap(words -> ask(now, words, message, desk))
                .switchIfEmpty(
                        Mono.fromSupplier(
                                () -> dialogue.after(now, message.content(), null, desk)));
    }

    /** Only what the customer said or did counts: a notice of ours is no reason to be silent. */
    private Mono<Boolean> wasHere(Draft draft, InboundMessage message) {
        var goesOn = draft.goesOn();
        return draft.heardFrom() || goesOn == null
                ? Mono.just(draft.heardFrom())
                : store.heardSince(goesOn, message.receivedAt().minus(WELCOME_AGAIN_AFTER));
    }

    private Mono<Turn> ask(Conversation now, String words, InboundMessage message, Desk desk) {
        List<Suggestion> offered = now instanceof WithBot withBot ? withBot.offered() : List.of();
        return bot.answer(new Question(words, offered, settings.locale().toLanguageTag()))
                .timeout(settings.botTimeout())
                .map(Optional::of)
                .onErrorResume(
                        failure -> {
                            // What it says may quote the customer.
                            log.warn(
                                    "The bot is out of order; calling a person: {} at {}",
                                    failure.getClass().getName(),
                                    Arrays.stream(failure.getStackTrace()).limit(5).toList());
                            return Mono.just(Optional.<BotAnswer>empty());
                        })
                .map(
                        answer ->
                                answer.map(
                                                given ->
                                                        dialogue.after(
                                                                now,
                                                                message.content(),
                                                                given,
                                                                desk))
                                        .orElseGet(() -> dialogue.withoutBot(now, desk)));
    }

    /**
     * Whoever holds a callback open for one of these may look now. A repeat may have been answered
     * when it came first.
     */
    private List<Worked> worked(Map<Address, List<Incoming>> messages, List<Draft> drafts) {
        Instant now = clock.instant();
        var unanswered =
                drafts.stream()
                        .flatMap(draft -> draft.unanswered().stream())
                        .collect(Collectors.toSet());
        return messages.values().stream()
                .flatMap(List::stream)
                .filter(one -> answerable(one.record(), now))
                .map(one -> AnswerBoard.key(one.message().from(), one.message().dedupeKey()))
                .map(key -> new Worked(key, !unanswered.contains(key)))
                .toList();
    }

    private static boolean answerable(JournalRecord record, Instant now) {
        return record.answerBy() != null && record.answerBy().isAfter(now);
    }
}
