package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.history.History;

import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;

/** One customer's chat with one account, both sides of it. Safe for use by several threads. */
public final class Chat {

    private final History<Seen> entries;

    Chat(int kept) {
        this.entries = new History<>(kept);
    }

    /** Everything that is still kept, oldest first. */
    public List<Seen> all() {
        return entries.all();
    }

    /** The entries numbered above {@code number}, the latest {@code limit} of them. */
    public List<Seen> after(long number, int limit) {
        return entries.after(number, limit);
    }

    /** How many entries there ever were. */
    public long total() {
        return entries.total();
    }

    /** What came to the customer. */
    List<Seen> received() {
        return received(all());
    }

    /** Waits until so many things have come to the customer; returns whether they did in time. */
    boolean awaitReceived(int count, Duration timeout) {
        try {
            return entries.await(all -> received(all).size() >= count, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void add(LongFunction<Seen> numbered) {
        entries.add(numbered);
    }

    private static List<Seen> received(List<Seen> all) {
        return all.stream().filter(seen -> seen.via() != Via.CUSTOMER).toList();
    }
}
