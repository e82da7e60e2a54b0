package io.guanjia.gateway.outbound;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import io.guanjia.gateway.BackgroundWork;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;

/**
 * Ends what would otherwise never end: tries whose node is gone, deliveries whose time is over. Any
 * node may do it; they do not get into each other's way.
 */
final class Sweep extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);

    private static final int BATCH = 500;

    /** Nearly all are applied at once, without a sweep. */
    private static final Duration RECEIPTS_EVERY = Duration.ofMinutes(1);

    /** Their node is gone, and had called. */
    private static final String LOST =
            background(
                    "d.state = 'sending' and d.called_at is not null and d.lease_until < :now",
                    """
                    state = 'unknown', lease_until = null,
                    reason = case when d.answers is null then 'node-lost' else 'unconfirmed' end
                    """,
                    "");

    /** Their node is gone, and had not called. */
    private static final String LEFT_BEHIND =
            background(
                    "d.state = 'sending' and d.called_at is null and d.lease_until < :now",
                    "state = 'queued', lease = null, lease_until = null",
                    Leases.RELEASE);

    private static final String EXPIRED =
            background(
                    "d.state in ('queued', 'held') and d.expires_at <= :now",
                    """
                    state = 'expired',
                    reason = case when d.state = 'held' then 'never-wrote'
                        else coalesce(d.reason, 'too-late') end
                    """,
                    "");

    private final Changes changes;
    private final Circuits circuits;
    private final Receipts receipts;
    private final OutboundMetrics metrics;
    private final OutboundSettings settings;
    private final Clock clock;

    Sweep(
            Changes changes,
            Circuits circuits,
            Receipts receipts,
            OutboundMetrics metrics,
            OutboundSettings settings,
            Clock clock) {
        this.changes = changes;
        this.circuits = circuits;
        this.receipts = receipts;
        this.metrics = metrics;
        this.settings = settings;
        this.clock = clock;
    }

    Mono<Void> once() {
        return inBatches(LEFT_BEHIND)
                .then(inBatches(LOST))
                .then(inBatches(EXPIRED))
                .then(circuits.sweep());
    }

    @Override
    protected Flux<?> work() {
        return Flux.merge(
                rounds(settings.sweepEvery(), this::once, Sweep::complain),
                rounds(RECEIPTS_EVERY, receipts::sweep, Sweep::complain),
                rounds(settings.measureEvery(), metrics::measure, Sweep::complain));
    }

    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 4096;
    }

    private static void complain(Throwable failure) {
        log.warn("Could not tidy up deliveries: {}", getMostSpecificCause(failure).toString());
    }

    private Mono<Void> inBatches(String statement) {
        var batch =
                changes.apply(
                        statement, sql -> sql.bind("batch", BATCH).bind("now", clock.instant()));
        return batch.expand(changed -> changed == BATCH ? batch : Mono.empty()).then();
    }

    private static String background(String condition, String set, String after) {
        return Changes.statement(
                "",
                """
                select d.id, d.message_id, m.conversation_id
                from delivery d join message m on m.id = d.message_id
                where %s
                limit :batch
                """
                        .formatted(condition),
                set.strip(),
                condition,
                Changes.Locked.SKIP,
                after);
    }
}
