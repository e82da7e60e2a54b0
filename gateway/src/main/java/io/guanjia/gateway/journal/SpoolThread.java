package io.guanjia.gateway.journal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The spool and the one thread that has it. All who wait for the disk share one write, so that a
 * thousand callbacks a second cost as many seeks as the disk can do and not a thousand.
 */
final class SpoolThread implements AutoCloseable {

    /** How long a caller waits for the disk. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How many callers wait at most, and how many share a write. */
    static final int MOST_WAITING = 10_000;

    private static final int MOST_TOGETHER = 1_000;
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(SpoolThread.class);

    private final Spool spool;
    private final Scheduler disk = Schedulers.newSingle("journal-spool", true);
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private volatile long bytes;
    private volatile int damaged;
    private volatile int refused;

    SpoolThread(Spool spool) {
        this.spool = spool;
        look();
    }

    /**
     * What waits here, in bytes. Whoever was told that their entries are kept finds it above 0
     * until the last of them is dropped. Any thread.
     */
    long bytes() {
        return bytes;
    }

    /** How many files were found damaged since the start. Any thread. */
    int damaged() {
        return damaged;
    }

    /** How many entries were set aside since the start. Any thread. */
    int refused() {
        return refused;
    }

    /** Completes once the entries are on the disk. Fails with {@link JournalUnavailable}. */
    Mono<Void> append(List<Entry> entries) {
        var records = entries.stream().map(Entry::toBytes).toList();
        return Mono.<Void>create(sink -> queue(new Waiting(records, sink)))
                .timeout(
                        PATIENCE,
                        Mono.error(() -> new JournalUnavailable("the disk is too slow", null)))
                .publishOn(Schedulers.parallel());
    }

    private void queue(Waiting one) {
        if (waitingCount.incrementAndGet() > MOST_WAITING) {
            waitingCount.decrementAndGet();
            one.sink.error(new JournalUnavailable("too many wait for the disk", null));
            return;
        }
        waiting.add(one);
        disk.schedule(this::commit);
    }

    /** Writes for all who wait by now. */
    private void commit() {
        var together = new ArrayList<Waiting>();
        for (var one = next(); one != null; one = next()) {
            if (!one.isOver) {
                together.add(one);
            }
            if (together.size() == MOST_TOGETHER) {
                break;
            }
        }
        if (!together.isEmpty() && !keep(together)) {
            // Some of it may still fit.
            for (var one : together) {
                if (!keep(List.of(one))) {
                    one.sink.error(new JournalUnavailable("the spool is full", null));
                }
            }
        }
    }

    private @Nullable Waiting next() {
        var one = waiting.poll();
        if (one != null) {
            waitingCount.decrementAndGet();
        }
        return one;
    }

    /** False when there is no room for all of it. */
    private boolean keep(List<Waiting> together) {
        try {
            var kept =
                    spool.append(together.stream().flatMap(one -> one.records.stream()).toList());
            look();
            if (kept) {
                together.forEach(one -> one.sink.success());
            }
            return kept;
        } catch (IOException e) {
            var failure = new JournalUnavailable("the spool failed", e);
            together.forEach(one -> one.sink.error(failure));
            return true;
        }
    }

    /** The oldest entries, at most {@code max}, which stay here until {@link #drop}. */
    Mono<List<Entry>> peek(int max) {
        return onDisk(() -> spool.peek(max).stream().map(Entry::ofBytes).toList());
    }

    /** Keeps an entry that is to go nowhere. */
    Mono<Void> setAside(Entry entry) {
        return onDisk(
                        () -> {
                            spool.setAside(entry.toBytes());
                            return true;
                        })
                .then();
    }

    /** Forgets the oldest entries, which were peeked. */
    Mono<Void> drop(int entries) {
        return onDisk(
                        () -> {
                            spool.drop(entries);
                            return true;
                        })
                .then();
    }

    private <T> Mono<T> onDisk(Callable<T> work) {
        return Mono.fromCallable(
                        () -> {
                            try {
                                return work.call();
                            } finally {
                                look();
                            }
                        })
                .subscribeOn(disk);
    }

    private void look() {
        bytes = spool.bytes();
        damaged = spool.damaged();
        refused = spool.refused();
    }

    /** Waits until the folder is free for others. Nobody appends any more by then. */
    @Override
    public void close() {
        var closed = new CountDownLatch(1);
        disk.schedule(
                () -> {
                    try {
                        spool.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        closed.countDown();
                    }
                });
        try {
            if (!closed.await(CLOSES_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("The spool could not be closed in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disk.disposeGracefully().subscribe();
    }

    private static final class Waiting {
        private final List<byte[]> records;
        private final MonoSink<Void> sink;
        private volatile boolean isOver;

        Waiting(List<byte[]> records, MonoSink<Void> sink) {
            this.records = records;
            this.sink = sink.onDispose(() -> isOver = true);
        }
    }
}
