package io.guanjia.gateway.journal;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A journal that goes on taking records while the one behind it is away.
 *
 * <p>The first record that the journal does not confirm in time goes to the {@link Spool}, and from
 * then on every record does, so that no later one overtakes it. The spool is drained into the
 * journal in order; once it is empty, records go straight through again. Whoever sends one record
 * after the other has been confirmed therefore finds them in that order, unless it changes nodes in
 * the middle of an outage: each node has a spool of its own.
 */
final class SpoolingJournal implements Journal, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SpoolingJournal.class);
    private static final int REPLAY_BATCH = 500;
    private static final Duration REPLAY_PAUSE = Duration.ofMillis(500);

    private final Journal journal;
    private final JournalCodec codec;
    private final Spool spool;
    private final ExecutorService diskThread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("journal-spool").factory());
    private final Scheduler disk = Schedulers.fromExecutorService(diskThread);
    private volatile boolean spooling;
    private volatile long spooledBytes;
    private volatile @Nullable Disposable draining;

    SpoolingJournal(Journal journal, JournalCodec codec, Spool spool, MeterRegistry meters) {
        this.journal = journal;
        this.codec = codec;
        this.spool = spool;
        spooling = !spool.isEmpty();
        spooledBytes = spool.bytes();
        meters.gauge("guanjia.journal.spool.bytes", this, self -> self.spooledBytes);
        meters.gauge("guanjia.journal.spooling", this, self -> self.spooling ? 1 : 0);
    }

    @Override
    public Mono<Void> append(List<JournalRecord> records) {
        return Mono.defer(
                () ->
                        spooling
                                ? spool(records)
                                : journal.append(records)
                                        .onErrorResume(
                                                JournalUnavailable.class, away -> spool(records)));
    }

    private Mono<Void> spool(List<JournalRecord> records) {
        return onDisk(
                        () -> {
                            var kept = spool.append(records.stream().map(codec::encode).toList());
                            spooledBytes = spool.bytes();
                            if (!spooling && kept) {
                                spooling = true;
                                log.warn("The journal is away; records go to the spool on disk");
                            }
                            return kept;
                        })
                .onErrorMap(IOException.class, e -> new JournalUnavailable("spool failed", e))
                .flatMap(
                        kept ->
                                kept
                                        ? Mono.empty()
                                        : Mono.error(
                                                new JournalUnavailable("spool is full", null)));
    }

    /** Moves the oldest records over; emits whether there were any. */
    private Mono<Boolean> drain() {
        return onDisk(() -> spool.peek(REPLAY_BATCH))
                .flatMap(
                        batch ->
                                batch.isEmpty()
                                        ? onDisk(this::goStraightAgain)
                                        : journal.append(batch.stream().map(codec::decode).toList())
                                                .then(onDisk(() -> drop(batch))));
    }

    private boolean drop(List<byte[]> batch) throws IOException {
        spool.drop(batch);
        spooledBytes = spool.bytes();
        return true;
    }

    private boolean goStraightAgain() {
        if (spooling && spool.isEmpty()) {
            spooling = false;
            log.info("The journal is back and the spool is drained");
        }
        return false;
    }

    private <T> Mono<T> onDisk(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(disk);
    }

    @Override
    public void start() {
        draining =
                Mono.defer(() -> spooling ? drain() : Mono.just(false))
                        .repeatWhen(
                                rounds ->
                                        rounds.concatMap(
                                                drained ->
                                                        spooling && spooledBytes > 0 && drained > 0
                                                                ? Mono.just(drained)
                                                                : Mono.delay(REPLAY_PAUSE)))
                        .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, REPLAY_PAUSE))
                        .subscribe();
    }

    @Override
    public void stop() {
        var subscription = draining;
        draining = null;
        if (subscription != null) {
            subscription.dispose();
        }
        diskThread.execute(this::close);
        diskThread.close();
    }

    private void close() {
        try {
            spool.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isRunning() {
        return draining != null;
    }

    /** Takes records until after the last callback has been answered. */
    @Override
    public int getPhase() {
        return 0;
    }
}
