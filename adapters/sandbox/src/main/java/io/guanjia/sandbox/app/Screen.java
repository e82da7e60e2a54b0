package io.guanjia.sandbox.app;

import io.guanjia.sandbox.phone.PhoneLine;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What a phone shows, in the order in which it came to be. What the customer wrote stands there
 * from the moment they wrote it, and becomes a line of the thread where it stands. Safe for several
 * threads.
 */
final class Screen {

    private final int kept;
    private final List<Entry> entries = new ArrayList<>();

    Screen(int kept) {
        this.kept = kept;
    }

    /**
     * @param key the message's id, or the client's own while it has none; null for what is no
     *     message
     */
    private record Entry(@Nullable String key, PhoneLine line) {}

    /** The customer wrote something. */
    synchronized void writes(String clientId, PhoneLine line) {
        add(new Entry(clientId, line));
    }

    /** What became of something that the customer wrote: another note, or none. */
    synchronized void settles(String clientId, @Nullable String note) {
        var place = placeOf(clientId);
        if (place >= 0) {
            var line = entries.get(place).line();
            entries.set(place, new Entry(clientId, noted(line, note)));
            notifyAll();
        }
    }

    /**
     * A line of the thread. One that is there already stays where it is.
     *
     * @param clientId for what the customer said, from whichever device
     */
    synchronized void shows(String id, @Nullable String clientId, PhoneLine line) {
        if (placeOf(id) >= 0) {
            return;
        }
        var written = clientId == null ? -1 : placeOf(clientId);
        if (written >= 0) {
            entries.set(written, new Entry(id, noted(entries.get(written).line(), null)));
            notifyAll();
        } else {
            add(new Entry(id, line));
        }
    }

    /** A line turns out to be another, such as a picture that has been fetched. */
    synchronized void changes(String id, PhoneLine line) {
        var place = placeOf(id);
        if (place >= 0) {
            entries.set(place, new Entry(id, line));
            notifyAll();
        }
    }

    /** Something that happened on the phone. */
    synchronized void happens(PhoneLine line) {
        add(new Entry(null, line));
    }

    synchronized List<PhoneLine> all() {
        return entries.stream().map(Entry::line).toList();
    }

    synchronized void clear() {
        entries.clear();
    }

    /** Waits until {@code enough} accepts all of it; returns whether it did. Blocks: for tests. */
    synchronized boolean await(Predicate<List<PhoneLine>> enough, Duration timeout)
            throws InterruptedException {
        var deadline = System.nanoTime() + timeout.toNanos();
        while (!enough.test(all())) {
            var millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    private void add(Entry entry) {
        if (entries.size() == kept) {
            entries.removeFirst();
        }
        entries.add(entry);
        notifyAll();
    }

    private int placeOf(String key) {
        for (var place = entries.size() - 1; place >= 0; place--) {
            if (Objects.equals(entries.get(place).key(), key)) {
                return place;
            }
        }
        return -1;
    }

    private static PhoneLine noted(PhoneLine line, @Nullable String note) {
        return new PhoneLine(
                line.at(), line.mine(), line.kind(), line.text(), line.url(), line.options(), note);
    }
}
