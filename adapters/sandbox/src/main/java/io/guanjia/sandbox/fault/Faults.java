package io.guanjia.sandbox.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The faults of one account. Which of them strike depends only on the seed, the order in which they
 * were added, and how often each was asked; each has its own random sequence, so adding one does
 * not change what another does.
 *
 * <p>Safe for use by several threads.
 */
public final class Faults {

    /**
     * A fault that is switched on.
     *
     * @param struck how often it happened so far
     */
    public record Active(int id, Fault fault, int struck) {}

    private final long seed;
    private final AtomicInteger ids = new AtomicInteger();
    private final List<Entry> entries = new ArrayList<>();

    public Faults(long seed) {
        this.seed = seed;
    }

    /** Switches a fault on. */
    public Active add(Fault fault) {
        synchronized (entries) {
            int id = ids.incrementAndGet();
            var entry = new Entry(id, fault, new SplittableRandom(seed * 31 + id));
            entries.add(entry);
            return entry.seen();
        }
    }

    /** Switches one off. Returns whether it was there. */
    public boolean remove(int id) {
        synchronized (entries) {
            return entries.removeIf(entry -> entry.id == id);
        }
    }

    /** Switches all of them off. */
    public void clear() {
        synchronized (entries) {
            entries.clear();
        }
    }

    /** Those that are on; one that has struck as often as it may is gone. */
    public List<Active> active() {
        synchronized (entries) {
            return entries.stream().map(Entry::seen).toList();
        }
    }

    /** What goes wrong this time with {@code target}, in the order the faults were added. */
    public List<Effect> strike(String target) {
        synchronized (entries) {
            if (entries.isEmpty()) {
                return List.of();
            }
            var effects = new ArrayList<Effect>();
            for (var entry : entries) {
                if (entry.fault.befalls(target) && entry.strikes()) {
                    effects.add(entry.fault.effect());
                }
            }
            entries.removeIf(Entry::over);
            return effects;
        }
    }

    private static final class Entry {

        private final int id;
        private final Fault fault;
        private final SplittableRandom random;
        private int struck;

        Entry(int id, Fault fault, SplittableRandom random) {
            this.id = id;
            this.fault = fault;
            this.random = random;
        }

        boolean strikes() {
            if (fault.probability() < 1 && random.nextDouble() >= fault.probability()) {
                return false;
            }
            struck++;
            return true;
        }

        boolean over() {
            var times = fault.times();
            return times != null && struck >= times;
        }

        Active seen() {
            return new Active(id, fault, struck);
        }
    }
}
