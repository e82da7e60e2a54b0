package io.guanjia.adapters.sms.cmpp;

import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.message.Inbound;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings what arrives to the gateway, as much at a time as has gathered. A party's messages go one
 * batch after the other, which keeps them in order; parties are spread over a few lanes. What
 * cannot be kept now stays here, unanswered, until it can.
 */
final class DurableIntake implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DurableIntake.class);
    private static final int LANES = 16;
    private static final int BATCH = 500;

    private final Intake intake;
    private final List<Lane> lanes = new ArrayList<>();
    private volatile boolean closed;

    DurableIntake(Intake intake) {
        this.intake = intake;
        for (int i = 0; i < LANES; i++) {
            lanes.add(new Lane());
        }
    }

    /**
     * @param durable is told once it is, on any thread
     */
    void take(Inbound inbound, Runnable durable) {
        lanes.get(Math.floorMod(inbound.from().party().hashCode(), LANES))
                .add(new Arrival(inbound, durable));
    }

    /** Lets go of what is not durable yet: the carrier was not told that we have it. */
    @Override
    public void close() {
        closed = true;
        lanes.forEach(Lane::stop);
    }

    private record Arrival(Inbound inbound, Runnable durable) {}

    private final class Lane {

        private final Queue<Arrival> queue = new ConcurrentLinkedQueue<>();
        private final AtomicInteger pending = new AtomicInteger();
        private volatile Disposable running = () -> {};

        void add(Arrival arrival) {
            queue.add(arrival);
            if (pending.getAndIncrement() == 0 && !closed) {
                // By what is left after its own batch: looking again later, it could go on beside
                // the one that was begun meanwhile.
                running =
                        Mono.defer(this::nextBatch)
                                .repeat()
                                .takeUntil(left -> left <= 0)
                                .subscribe();
            }
        }

        /** Emits how many are left then. */
        private Mono<Integer> nextBatch() {
            var batch = new ArrayList<Arrival>();
            for (var next = queue.poll(); next != null; next = queue.poll()) {
                batch.add(next);
                if (batch.size() == BATCH) {
                    break;
                }
            }
            var inbound = batch.stream().map(Arrival::inbound).toList();
            return Mono.defer(() -> intake.take(inbound))
                    .retryWhen(
                            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                    .maxBackoff(Duration.ofSeconds(5))
                                    .doBeforeRetry(
                                            retry -> {
                                                if (retry.totalRetries() == 0) {
                                                    log.warn(
                                                            "{} cannot be kept at present ({});"
                                                                    + " the carrier waits",
                                                            inbound.size(),
                                                            retry.failure()
                                                                    .getClass()
                                                                    .getSimpleName());
                                                }
                                            }))
                    .then(
                            Mono.fromSupplier(
                                    () -> {
                                        batch.forEach(arrival -> arrival.durable().run());
                                        return pending.addAndGet(-batch.size());
                                    }));
        }

        void stop() {
            running.dispose();
        }
    }
}
