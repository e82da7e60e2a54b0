package io.guanjia.sandbox.history;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * The latest things of one kind, numbered from 1. Older ones are forgotten, their numbers are not,
 * so a reader that remembers the last number it saw can tell what it missed.
 *
 * <p>Safe for use by several threads.
 */
public final class History<T> {

    private final int capacity;
    private final ArrayDeque<T> kept = new ArrayDeque<>();
    private long total;

    /**
     * @param capacity how many are kept at most
     */
    public History(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a history keeps at least one entry");
        }
        this.capacity = capacity;
    }

    /** Appends what {@code make} makes of its number. */
    public synchronized T add(LongFunction<T> make) {
        var entry = make.apply(total + 1);
        total++;
        if (kept.size() == capacity) {
            kept.removeFirst();
        }
        kept.addLast(entry);
        notifyAll();
        return entry;
    }

    /** How many there ever were. */
    public synchronized long total() {
        return total;
    }

    /** What is still kept, oldest first. */
    public synchronized List<T> all() {
        return List.copyOf(kept);
    }

    /** Those numbered above {@code number}, oldest first, the latest {@code limit} of them. */
    public synchronized List<T> after(long number, int limit) {
        long first = total - kept.size() + 1;
        long skip = Math.max(Math.max(0, number + 1 - first), kept.size() - (long) limit);
        var found = new ArrayList<T>();
        long index = 0;
        for (var entry : kept) {
            if (index++ >= skip) {
                found.add(entry);
            }
        }
        return found;
    }

    /** Forgets everything, but goes on counting. */
    public synchronized void clear() {
        kept.clear();
    }

    /**
     * Waits until {@code enough} accepts the whole history. Blocks the caller: for tests.
     *
     * @return whether it did within the time given
     */
    public synchronized boolean await(Predicate<List<T>> enough, Duration timeout)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!enough.test(all())) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }
}
