package io.guanjia.adapters.wecom.task;

import io.guanjia.adapters.wecom.CorpApi;
import io.guanjia.adapters.wecom.CorpRefusal;
import io.guanjia.adapters.wecom.task.Outcome.State;
import io.guanjia.adapters.wecom.task.TaskAccounts.Access;
import io.guanjia.adapters.wecom.task.TaskResults.Members;
import io.guanjia.adapters.wecom.task.TaskStore.Due;
import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Receipt;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks what became of tasks until it is known, first soon and then ever more seldom; when their
 * time is over has the platform stop them, so that nothing goes out that was said to have failed.
 * Tasks of one account come one after the other; accounts do not wait for each other.
 */
public final class TaskPolls extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(TaskPolls.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /**
     * Accounts at a time. Each has one call under way, so most of the channel's connections are
     * left to those who send.
     */
    private static final int SIDE_BY_SIDE = 64;

    /** Begins anew with every portion that is written down. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    /** For each step of a poll; two are well within the lease. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** So many members are asked about before what was heard is written down. */
    private static final int PORTION = 20;

    private static final Duration MOST_SELDOM = Duration.ofHours(1);
    private static final int DOUBLINGS = 10;

    /** A node that began a task longer ago than that is not making it any more. */
    private static final Duration UNCLEAR_AFTER = Duration.ofMinutes(10);

    /** How long we go on asking after a task's end when the platform does not answer. */
    private static final Duration GRACE = Duration.ofHours(24);

    private final TaskAccounts accounts;
    private final TaskStore store;
    private final Intake intake;
    private final String channel;
    private final Clock clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /**
     * @param channel the name under which deliveries wait for receipts
     */
    public TaskPolls(
            TaskAccounts accounts, TaskStore store, Intake intake, String channel, Clock clock) {
        this.accounts = accounts;
        this.store = store;
        this.intake = intake;
        this.channel = channel;
        this.clock = clock;
    }

    @Override
    protected Flux<?> work() {
        return Flux.interval(Duration.ZERO, LOOK_EVERY)
                .onBackpressureDrop()
                .concatMap(look -> due().onErrorResume(TaskPolls::complain), 1)
                .flatMapIterable(names -> names, 1)
                .flatMap(this::inTurn, SIDE_BY_SIDE);
    }

    /** Sees to all that is due. */
    public Mono<Void> round() {
        return due().flatMapIterable(names -> names).flatMap(this::inTurn, SIDE_BY_SIDE).then();
    }

    private static <T> Mono<T> complain(Throwable error) {
        log.warn("Send tasks could not be seen to", error);
        return Mono.empty();
    }

    /** Accounts with tasks about which somebody has to be asked. */
    private Mono<List<String>> due() {
        return Mono.defer(() -> store.giveUp(clock.instant().minus(UNCLEAR_AFTER)))
                .thenMany(store.accountsDue())
                .collectList();
    }

    /** An account that an earlier look is still at is left to that one. */
    private Mono<Void> inTurn(String account) {
        return Mono.defer(
                () ->
                        underWay.add(account)
                                ? tasksOf(account).doFinally(end -> underWay.remove(account))
                                : Mono.empty());
    }

    private Mono<Void> tasksOf(String account) {
        return store.claim(account, LEASE)
                .expand(task -> poll(task).then(Mono.defer(() -> store.claim(account, LEASE))))
                .then()
                .onErrorResume(
                        error -> {
                            log.warn(
                                    "Results of send tasks of {}/{} could not be seen to",
                                    channel,
                                    account,
                                    error);
                            return Mono.empty();
                        });
    }

    private Mono<Void> poll(Due task) {
        return Mono.defer(
                        () ->
                                accounts.find(task.account())
                                        .map(access -> ask(task, access))
                                        .orElseGet(() -> later(task, MOST_SELDOM)))
                .onErrorResume(
                        error -> {
                            log.warn(
                                    "What became of a send task of {}/{} could not be asked: {}",
                                    channel,
                                    task.account(),
                                    error.toString());
                            return later(task, MOST_SELDOM.dividedBy(4));
                        });
    }

    /**
     * A task in the middle of a poll.
     *
     * @param over whether its time was over before anybody was asked about
     * @param left members who have confirmed and are still to be asked about
     */
    private record Poll(Access access, Members members, boolean over, Due task, List<String> left) {

        Poll after(int asked, Due then) {
            return new Poll(access, members, over, then, left.subList(asked, left.size()));
        }
    }

    /** Nobody who has confirmed is left out, or what they sent would be known late or never. */
    private Mono<Void> ask(Due task, Access access) {
        var over = isOver(task);
        return (over ? stopped(task, access.api()) : Mono.<Void>empty())
                .then(Mono.defer(() -> TaskResults.members(access.api(), task)))
                .timeout(PATIENCE)
                .map(members -> new Poll(access, members, over, task, members.toAsk(task.done())))
                .expand(this::portion)
                .last()
                .flatMap(poll -> next(poll).timeout(PATIENCE));
    }

    private boolean isOver(Due task) {
        return !clock.instant().isBefore(task.endsAt());
    }

    /** Where the platform says that it cannot, there is nothing left to stop. */
    private static Mono<Void> stopped(Due task, CorpApi api) {
        return api.post(SendTasks.CANCEL, SendTasks.named(task.msgid()).toString())
                .then()
                .onErrorResume(CorpRefusal.class, refusal -> Mono.empty());
    }

    /** Empty once all have been asked about, or another node has the task. */
    private Mono<Poll> portion(Poll poll) {
        var members = poll.left.subList(0, Math.min(PORTION, poll.left.size()));
        if (members.isEmpty()) {
            return Mono.empty();
        }
        return TaskResults.of(poll.access.api(), poll.task, members)
                .flatMap(heard -> store.heard(poll.task, heard.outcomes(), heard.done(), LEASE))
                .timeout(PATIENCE)
                .map(task -> poll.after(members.size(), task));
    }

    private Mono<Void> next(Poll poll) {
        if (!poll.left.isEmpty()) {
            // Another node has the task.
            return Mono.empty();
        }
        var task = poll.task;
        if (poll.members.areAllDone(task.done())) {
            return end(task, State.FAILED, Outcome.LEFT_OUT);
        }
        if (poll.over) {
            return end(task, State.EXPIRED, task.stopped() ? Outcome.STOPPED : Outcome.TOO_LATE);
        }
        return store.isKnownOfAll(task.key())
                .flatMap(
                        known ->
                                known
                                        ? end(task, State.FAILED, Outcome.LEFT_OUT)
                                        : store.again(
                                                task,
                                                clock.instant().plus(pause(task, poll.access))));
    }

    private static Duration pause(Due task, Access access) {
        var pause = access.pollEvery().multipliedBy(1L << Math.min(task.polls(), DOUBLINGS));
        return pause.compareTo(MOST_SELDOM) < 0 ? pause : MOST_SELDOM;
    }

    /** Not for ever: a day after its end nobody will know any more. */
    private Mono<Void> later(Due task, Duration pause) {
        return clock.instant().isAfter(task.endsAt().plus(GRACE))
                ? end(task, State.UNKNOWN, Outcome.NEVER_KNOWN)
                : store.again(task, clock.instant().plus(pause));
    }

    /** The receipt comes first: whoever dies in between says it again, which has no effect. */
    private Mono<Void> end(Due task, State rest, String reason) {
        return tell(task, reason).then(store.finish(task, rest, reason));
    }

    private Mono<Void> tell(Due task, String reason) {
        var party = task.party();
        if (party == null) {
            return Mono.empty();
        }
        return store.count(task.key(), State.SENT)
                .zipWith(failure(task, reason))
                .flatMap(
                        found -> {
                            var sent = found.getT1() > 0;
                            return intake.take(
                                    List.of(
                                            new Receipt(
                                                    new Address(channel, task.account(), party),
                                                    "t:" + party + ":" + task.msgid(),
                                                    task.msgid(),
                                                    sent
                                                            ? Receipt.Outcome.DELIVERED
                                                            : Receipt.Outcome.FAILED,
                                                    sent ? null : found.getT2(),
                                                    clock.instant(),
                                                    JsonMapper.shared()
                                                            .createObjectNode()
                                                            .put("msgid", task.msgid())
                                                            .put("sent", found.getT1())
                                                            .toString())));
                        });
    }

    /** Why somebody's failed where anybody's did, else why the task is over. */
    private Mono<String> failure(Due task, String reason) {
        return store.outcomes(task.account(), task.msgid())
                .filter(one -> one.state() == State.FAILED)
                .flatMap(one -> Mono.justOrEmpty(one.reason()))
                .next()
                .defaultIfEmpty(reason);
    }
}
