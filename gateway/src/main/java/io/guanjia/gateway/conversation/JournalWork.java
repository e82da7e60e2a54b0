package io.guanjia.gateway.conversation;

import io.guanjia.gateway.journal.JournalCodec;
import io.guanjia.gateway.journal.JournalCodec.Undecodable;
import io.guanjia.gateway.journal.JournalReader;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Takes the journal in fixed lanes and sees that every record ends: worked, or filed as impossible.
 *
 * <p>All of a sender's records in a batch fall into one lane, and a lane is worked in order. Where
 * the surroundings are at fault, such as PostgreSQL being away or a column that the running
 * migration has yet to make, a lane waits and tries again for as long as it takes; the journal
 * keeps what comes in meanwhile, and the gauge {@code guanjia.journal.waiting.seconds} tells. A
 * record that is itself at fault is filed with the {@link DeadLetters}, so that nothing behind it
 * waits for it; so is one that our own code has failed on for a few seconds.
 *
 * <p>A lane's share of a batch is one transaction. Few records are not worth many of them, so a
 * small batch is worked in fewer lanes than there are: what comes in while they are busy makes the
 * next batch larger, and each transaction carries the more the more there is to do.
 *
 * <p>A batch ends when its last lane does: a lane that waits holds up this node's other lanes once
 * they are through with the batch. That is also why a sender may be in another lane the next time.
 */
final class JournalWork implements JournalReader {

    private static final Logger log = LoggerFactory.getLogger(JournalWork.class);

    /** A broken constraint may be a race, which the next try finds decided. */
    private static final RetryBackoffSpec FOR_A_RACE = Retry.backoff(2, Duration.ofMillis(20));

    /** A few seconds: the other lanes wait as well, and what is filed can be replayed. */
    private static final RetryBackoffSpec FOR_OURSELVES =
            Retry.backoff(6, Duration.ofMillis(50)).maxBackoff(Duration.ofSeconds(1));

    private static final RetryBackoffSpec FOR_SURROUNDINGS =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(20)).maxBackoff(Duration.ofSeconds(2));

    /** Records that are worth a transaction of their own. */
    static final int WORTH_A_LANE = 16;

    /** The first few waits are nothing to tell of; then one in so many is. */
    private static final int TELL_EVERY = 50;

    private static final int TELL_FIRST = 5;

    private final int lanes;
    private final JournalCodec codec;
    private final JournalEffects effects;
    private final DeadLetters deadLetters;
    private final MeterRegistry meters;
    private final Clock clock;

    /** Since when each lane waits, in milliseconds of the clock; 0 while it does not. */
    private final AtomicLongArray waitingSince;

    JournalWork(
            int lanes,
            JournalCodec codec,
            JournalEffects effects,
            DeadLetters deadLetters,
            MeterRegistry meters,
            Clock clock) {
        this.lanes = lanes;
        this.codec = codec;
        this.effects = effects;
        this.deadLetters = deadLetters;
        this.meters = meters;
        this.clock = clock;
        waitingSince = new AtomicLongArray(lanes);
        meters.gauge("guanjia.journal.waiting.seconds", this, JournalWork::longestWait);
    }

    @Override
    public Mono<Void> read(List<Stored> batch) {
        var busy = Math.clamp(batch.size() / WORTH_A_LANE, 1, lanes);
        var byLane = new ArrayList<List<Stored>>();
        for (var lane = 0; lane < busy; lane++) {
            byLane.add(new ArrayList<>());
        }
        for (var record : batch) {
            byLane.get(Math.floorMod(record.key().hashCode(), busy)).add(record);
        }
        return Flux.range(0, busy)
                .filter(lane -> !byLane.get(lane).isEmpty())
                .flatMap(lane -> work(lane, byLane.get(lane)), busy)
                .then();
    }

    private Mono<Void> work(int lane, List<Stored> records) {
        return together(lane, records)
                .onErrorResume(
                        failure ->
                                Flux.fromIterable(records)
                                        .concatMap(record -> alone(lane, record))
                                        .then());
    }

    /** All in one transaction. Fails only where waiting does not help. */
    private Mono<Void> together(int lane, List<Stored> records) {
        return Mono.fromSupplier(
                        () -> records.stream().map(Stored::value).map(codec::decode).toList())
                .flatMap(effects::work)
                .retryWhen(patience(lane))
                .then(Mono.fromRunnable(() -> worked(lane, records.size())));
    }

    private Mono<Void> alone(int lane, Stored record) {
        return together(lane, List.of(record))
                .retryWhen(
                        until(FOR_A_RACE)
                                .filter(
                                        failure ->
                                                Fault.of(failure) == Fault.RECORD
                                                        && !(failure instanceof Undecodable)))
                .retryWhen(
                        until(FOR_OURSELVES)
                                .filter(failure -> Fault.of(failure) == Fault.UNKNOWN)
                                .doBeforeRetry(signal -> waits(lane, signal)))
                .onErrorResume(failure -> bury(lane, record, failure));
    }

    private Mono<Void> bury(int lane, Stored record, Throwable failure) {
        var reason = Fault.sqlState(failure).orElseGet(() -> failure.getClass().getSimpleName());
        log.error(
                "Filed a dead letter: partition {}, offset {}, {}",
                record.partition(),
                record.offset(),
                reason);
        return deadLetters
                .bury(record, reason)
                .retryWhen(patience(lane))
                .then(Mono.fromRunnable(() -> dead(lane)));
    }

    private static RetryBackoffSpec until(RetryBackoffSpec tries) {
        return tries.onRetryExhaustedThrow((same, signal) -> signal.failure());
    }

    private Retry patience(int lane) {
        return FOR_SURROUNDINGS
                .filter(failure -> Fault.of(failure) == Fault.SURROUNDINGS)
                .doBeforeRetry(signal -> waits(lane, signal));
    }

    private void waits(int lane, Retry.RetrySignal signal) {
        waitingSince.compareAndSet(lane, 0, clock.millis());
        if (signal.totalRetries() % TELL_EVERY == TELL_FIRST) {
            var failure = signal.failure();
            log.warn(
                    "Waiting to work on the journal: {} {}",
                    failure.getClass().getName(),
                    Fault.sqlState(failure).orElse(""));
        }
    }

    private void worked(int lane, int records) {
        waitingSince.set(lane, 0);
        meters.counter("guanjia.journal.records", "end", "worked").increment(records);
    }

    private void dead(int lane) {
        waitingSince.set(lane, 0);
        meters.counter("guanjia.journal.records", "end", "dead").increment();
    }

    private double longestWait() {
        var now = clock.millis();
        var longest = 0L;
        for (var lane = 0; lane < lanes; lane++) {
            var since = waitingSince.get(lane);
            longest = Math.max(longest, since == 0 ? 0 : now - since);
        }
        return longest / 1e3;
    }
}
