package io.guanjia.gateway.conversation;

import io.guanjia.gateway.journal.JournalCodec;
import io.guanjia.gateway.journal.JournalCodec.Undecodable;
import io.guanjia.gateway.journal.JournalReader;
import io.guanjia.gateway.journal.JournalRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Takes the journal in fixed lanes and sees that every record ends: worked, or filed as impossible.
 *
 * <p>A sender always falls into the same lane, and a lane is worked in order. While PostgreSQL is
 * away a lane waits and tries again; the journal keeps what comes in meanwhile. A record that fails
 * for another reason is tried alone, some times, and then filed as a dead letter, so that nothing
 * behind it waits for it.
 */
final class JournalWork implements JournalReader {

    private static final Logger log = LoggerFactory.getLogger(JournalWork.class);
    private static final int POISON_TRIES = 3;

    private final int lanes;
    private final JournalCodec codec;
    private final ConversationEngine engine;
    private final ConversationStore store;
    private final MeterRegistry meters;
    private final Clock clock;

    JournalWork(
            int lanes,
            JournalCodec codec,
            ConversationEngine engine,
            ConversationStore store,
            MeterRegistry meters,
            Clock clock) {
        this.lanes = lanes;
        this.codec = codec;
        this.engine = engine;
        this.store = store;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Mono<Void> read(List<Stored> batch) {
        var byLane = new ArrayList<List<Stored>>();
        for (var lane = 0; lane < lanes; lane++) {
            byLane.add(new ArrayList<>());
        }
        for (var record : batch) {
            byLane.get(Math.floorMod(record.key().hashCode(), lanes)).add(record);
        }
        return Flux.fromIterable(byLane)
                .filter(lane -> !lane.isEmpty())
                .flatMap(this::lane, lanes)
                .then();
    }

    private Mono<Void> lane(List<Stored> records) {
        return together(records)
                .onErrorResume(
                        failure ->
                                records.size() == 1
                                        ? alone(records.getFirst())
                                        : Flux.fromIterable(records).concatMap(this::alone).then());
    }

    /** All in one transaction. Waits out whatever passes by itself. */
    private Mono<Void> together(List<Stored> records) {
        return Mono.fromSupplier(() -> records.stream().map(this::decode).toList())
                .flatMap(engine::work)
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(20))
                                .maxBackoff(Duration.ofSeconds(2))
                                .filter(JournalWork::passes)
                                .doBeforeRetry(
                                        signal -> {
                                            if (signal.totalRetries() == 5) {
                                                log.warn(
                                                        "Waiting to work on the journal: {}",
                                                        signal.failure().getClass().getName());
                                            }
                                        }))
                .then(
                        Mono.fromRunnable(
                                () ->
                                        meters.counter("guanjia.journal.records", "end", "worked")
                                                .increment(records.size())));
    }

    private Mono<Void> alone(Stored record) {
        return together(List.of(record))
                .retryWhen(Retry.max(POISON_TRIES - 1L).filter(e -> !(e instanceof Undecodable)))
                .onErrorResume(failure -> bury(record, failure));
    }

    private Mono<Void> bury(Stored record, Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        log.error(
                "Filed a dead letter: partition {}, offset {}, {}",
                record.partition(),
                record.offset(),
                cause.getClass().getName());
        meters.counter("guanjia.journal.records", "end", "dead").increment();
        return store.bury(
                        record.partition(),
                        record.offset(),
                        cause.getClass().getSimpleName(),
                        record.value(),
                        clock.instant())
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
                                .maxBackoff(Duration.ofSeconds(2))
                                .filter(JournalWork::passes));
    }

    private JournalRecord decode(Stored record) {
        return codec.decode(record.value());
    }

    /** Whether it makes sense to wait: the record is not at fault. */
    private static boolean passes(Throwable failure) {
        return switch (failure) {
            case ConversationCommit.Stale _ -> true;
            case TransientDataAccessException _ -> true;
            case DataAccessResourceFailureException _ -> true;
            case TransactionException _ -> true;
            case R2dbcTransientException _ -> true;
            case R2dbcNonTransientResourceException _ -> true;
            case TimeoutException _ -> true;
            case java.io.IOException _ -> true;
            default -> {
                var cause = failure.getCause();
                yield cause instanceof R2dbcException && cause != failure && passes(cause)
                        || isShuttingDown(failure);
            }
        };
    }

    /** PostgreSQL says so itself while it goes down or comes up: class 57P0x. */
    private static boolean isShuttingDown(Throwable failure) {
        return causes(failure).stream()
                .anyMatch(
                        cause ->
                                cause instanceof R2dbcException sql
                                        && sql.getSqlState() != null
                                        && sql.getSqlState().startsWith("57P"));
    }

    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<>(Arrays.asList(failure));
        while (causes.getLast().getCause() != null && causes.size() < 10) {
            causes.add(causes.getLast().getCause());
        }
        return causes;
    }
}
