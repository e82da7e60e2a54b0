package io.guanjia.adapters.sms.line;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions on one connection: so many without an answer at once, the others in turn. Used on one
 * event loop; only {@link #load} may be read from elsewhere.
 */
final class Window<P> {

    private static final int MOST_WAITING = 2_000;

    private final int size;
    private final Map<Integer, Asked<P>> open = new LinkedHashMap<>();
    private final ArrayDeque<Asked<P>> waiting = new ArrayDeque<>();
    private volatile int load;

    Window(int size) {
        this.size = size;
    }

    /** How many are open or wait. */
    int load() {
        return load;
    }

    boolean isIdle() {
        return open.isEmpty() && waiting.isEmpty();
    }

    /** Returns false when too many wait already. */
    boolean offer(Asked<P> asked) {
        if (waiting.size() >= MOST_WAITING) {
            return false;
        }
        waiting.add(asked);
        measure();
        return true;
    }

    /** The next that may go out now; null where there is none. */
    @Nullable Asked<P> next() {
        while (open.size() < size) {
            var next = waiting.poll();
            if (next == null || !next.isCancelled()) {
                measure();
                return next;
            }
        }
        return null;
    }

    /** It goes out under that number. */
    void open(int sequence, Asked<P> asked) {
        open.put(sequence, asked);
        measure();
    }

    /** Whose answer that is; null where nobody waits for it any more. */
    @Nullable Asked<P> close(int sequence) {
        var asked = open.remove(sequence);
        measure();
        return asked;
    }

    /** Takes out what has been open since before then, oldest first. */
    List<Asked<P>> overdue(long before) {
        var late = new ArrayList<Asked<P>>();
        var each = open.values().iterator();
        while (each.hasNext()) {
            var asked = each.next();
            if (asked.since() - before >= 0) {
                break;
            }
            each.remove();
            late.add(asked);
        }
        measure();
        return late;
    }

    /** Takes out what has waited since before then. */
    List<Asked<P>> stale(long before) {
        var late = new ArrayList<Asked<P>>();
        while (!waiting.isEmpty() && waiting.element().since() - before < 0) {
            late.add(waiting.remove());
        }
        measure();
        return late;
    }

    /** Takes out everything. */
    List<Asked<P>> drain() {
        var all = new ArrayList<>(open.values());
        all.addAll(waiting);
        open.clear();
        waiting.clear();
        measure();
        return all;
    }

    private void measure() {
        load = open.size() + waiting.size();
    }
}
