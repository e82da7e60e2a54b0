package io.guanjia.adapters.wecom.task;

import io.guanjia.adapters.wecom.CorpApi;
import io.guanjia.adapters.wecom.CorpRefusal;
import io.guanjia.adapters.wecom.task.Outcome.State;
import io.guanjia.adapters.wecom.task.TaskAccounts.Access;
import io.guanjia.adapters.wecom.task.TaskResults.Standing;
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

/**
 * Asks what became of tasks until it is known, first soon and then ever more seldom; when their
 * time is over has the platform stop them, so that nothing goes out that was said to have failed.
 */
public final class TaskPolls extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(TaskPolls.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration LEASE = Duration.ofMinutes(3);

    /** Well within the lease. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

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
        return rounds(
                LOOK_EVERY,
                this::round,
                error -> log.warn("Results of send tasks could not be seen to", error));
    }

    /** Sees to all that is due. */
    public Mono<Void> round() {
        return store.giveUp(clock.instant().minus(UNCLEAR_AFTER))
                .then(store.claim(LEASE))
                .expand(task -> poll(task).then(Mono.defer(() -> store.claim(LEASE))))
                .then();
    }

    private Mono<Void> poll(Due task) {
        return Mono.defer(
                        () ->
                                accounts.find(task.account())
                                        .map(access -> ask(task, access))
                                        .orElseGet(() -> later(task, MOST_SELDOM)))
                .timeout(PATIENCE)
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

    private Mono<Void> ask(Due task, Access access) {
        return stopped(task, access.api())
                .then(Mono.defer(() -> TaskResults.of(access.api(), task)))
                .flatMap(
                        standing ->
                                store.heard(task, standing.outcomes(), standing.done())
                                        .then(Mono.defer(() -> next(task, access, standing))));
    }

    private boolean isOver(Due task) {
        return !clock.instant().isBefore(task.endsAt());
    }

    /** Where the platform says that it cannot, there is nothing left to stop. */
    private Mono<Void> stopped(Due task, CorpApi api) {
        return isOver(task)
                ? api.post(SendTasks.CANCEL, SendTasks.named(task.msgid()).toString())
                        .then()
                        .onErrorResume(CorpRefusal.class, refusal -> Mono.empty())
                : Mono.empty();
    }

    private Mono<Void> next(Due task, Access access, Standing standing) {
        if (standing.complete()) {
            return end(task, State.FAILED, Outcome.LEFT_OUT);
        }
        if (isOver(task)) {
            return end(task, State.EXPIRED, task.stopped() ? Outcome.STOPPED : Outcome.TOO_LATE);
        }
        return store.isKnownOfAll(task.key())
                .flatMap(
                        known ->
                                known
                                        ? end(task, State.FAILED, Outcome.LEFT_OUT)
                                        : store.again(
                                                task, clock.instant().plus(pause(task, access))));
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
