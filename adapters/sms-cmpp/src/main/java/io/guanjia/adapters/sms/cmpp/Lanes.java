package io.guanjia.adapters.sms.cmpp;

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
import java.util.function.Function;

/**
 * Stores what arrives, as much at a time as has gathered. A party's goes one batch after the other,
 * which keeps it in order; parties are spread over a few lanes. What cannot be stored now stays
 * here until it can.
 */
final class Lanes<T> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lanes.class);

    private final Function<List<T>, Mono<Void>> storing;
    private final int batch;
    private final List<Lane> lanes = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param batch how many are stored at once at the most
     * @param storing is tried until it succeeds
     */
    Lanes(int count, int batch, Function<List<T>, Mono<Void>> storing) {
        this.storing = storing;
        this.batch = batch;
        for (int i = 0; i < count; i++) {
            lanes.add(new Lane());
        }
    }

    void add(String party, T one) {
        lanes.get(Math.floorMod(party.hashCode(), lanes.size())).add(one);
    }

    /** Lets go of what is not stored yet: the carrier was not told that we have it. */
    @Override
    public void close() {
        closed = true;
        lanes.forEach(Lane::stop);
    }

    private final class Lane {

        private final Queue<T> queue = new ConcurrentLinkedQueue<>();
        private final AtomicInteger pending = new AtomicInteger();
        private volatile Disposable running = () -> {};

        void add(T one) {
            queue.add(one);
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
            var next = new ArrayList<T>();
            for (var one = queue.poll(); one != null; one = queue.poll()) {
                next.add(one);
                if (next.size() == batch) {
                    break;
                }
            }
            return Mono.defer(() -> storing.apply(next))
                    .retryWhen(
                            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                    .maxBackoff(Duration.ofSeconds(5))
                                    .doBeforeRetry(
                                            retry -> {
                                                if (retry.totalRetries() == 0) {
                                                    log.warn(
                                                            "{} cannot be kept at present ({});"
                                                                    + " the carrier waits",
                                                            next.size(),
                                                            retry.failure()
                                                                    .getClass()
                                                                    .getSimpleName());
                                                }
                                            }))
                    .then(Mono.fromSupplier(() -> pending.addAndGet(-next.size())));
        }

        void stop() {
            running.dispose();
        }
    }
}
