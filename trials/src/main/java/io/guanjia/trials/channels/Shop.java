package io.guanjia.trials.channels;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Faults;

import java.util.List;

/** One account of one channel, as its customers and its platform use it. Blocks; any thread. */
interface Shop extends AutoCloseable {

    /** The gateway's name for the channel. */
    String channel();

    /**
     * A customer writes; returns the platform's id for them.
     *
     * @param name theirs, the same person each time
     */
    Written write(String name, String words);

    /**
     * A customer writes all of it before any of it arrives, and then it arrives in another order.
     * Ends when all of it was brought.
     */
    List<Written> writeInDisorder(String name, List<String> words);

    /** What a customer has read of us, oldest first. */
    List<String> reads(String name);

    /** Everything the platform brings from now on, it brings so often, to both nodes. */
    void brings(int times);

    /** Brings again all that it has brought before, in another order. */
    void bringAgain();

    /** Whether those who write from now on are somewhere else when they are answered. */
    default void away(boolean are) {}

    /** Waits until all nodes are connected, where they have to be before it can bring anything. */
    default void awaitConnected(int nodes) {}

    /** What goes wrong with the platform. */
    Faults faults();

    /** By which it sends, in the words of {@link #faults}. */
    String sending();

    /** What we call it for besides. */
    default List<Errand> errands() {
        return List.of();
    }

    /**
     * Something we call a platform for other than to send: for a token, for a file, for what
     * customers wrote.
     *
     * @param api in the words of {@link #faults}
     * @param fetches whether it is for a file
     * @param begin makes us call it, or has a customer write so that we do
     */
    record Errand(String api, boolean fetches, Runnable begin) {}

    /** How often we have called it to send. */
    long sends();

    /**
     * Whether we fetch what customers wrote, in the platform's own order, however word of it comes.
     */
    default boolean isFetched() {
        return false;
    }

    /** How the platform says that it failed. */
    default Effect failure() {
        return new Effect.Status(500);
    }

    /** How the platform says that it was too much, in each of its ways. */
    default List<Limit> limits() {
        return Limit.of(channel());
    }

    @Override
    void close();

    /**
     * What became of what a customer wrote.
     *
     * @param party the platform's id for the customer
     */
    record Written(String party, boolean acknowledged) {}
}
