package io.guanjia.adapters.app;

import io.guanjia.gateway.socket.FrameQueue;
import io.guanjia.gateway.socket.Pulse;

import org.springframework.web.reactive.socket.CloseStatus;

import java.time.Duration;

/** One open socket: who is behind it, how far they have been told, and what waits to be written. */
final class AppSocket {

    /** Bytes that may wait: two chunks of lines as long as people write, and some more. */
    private static final int MOST_WAITING = 512 * 1024;

    /** Frames of a client's: a burst of what it kept while offline, then as fast as people type. */
    private static final int MOST_AT_ONCE = 60;

    private static final Duration ONE_EVERY = Duration.ofMillis(200);

    private final Customer customer;
    private final Site site;
    private final FrameQueue queue = new FrameQueue(MOST_WAITING);
    private final Pace pace = new Pace(MOST_AT_ONCE, ONE_EVERY);
    private final Pulse pulse = new Pulse(System.nanoTime());
    private long have;
    private boolean reading;
    private boolean again;

    /**
     * @param have the last line the client says it has
     */
    AppSocket(Customer customer, Site site, long have) {
        this.customer = customer;
        this.site = site;
        this.have = have;
    }

    Customer customer() {
        return customer;
    }

    Site site() {
        return site;
    }

    FrameQueue queue() {
        return queue;
    }

    void close(CloseStatus status) {
        queue.close(status);
    }

    /** The other side gave a sign of life. */
    void heard() {
        pulse.heard(System.nanoTime());
    }

    Pulse.Finding look() {
        return pulse.look(System.nanoTime());
    }

    /** Whether the client keeps to a pace that people keep. */
    boolean paced() {
        return pace.allows();
    }

    /** Whether to begin reading what it lacks; if not, whoever is at it reads once more. */
    synchronized boolean beginsReading() {
        again = reading;
        reading = true;
        return !again;
    }

    /** Whether that was all; if not, there is news since. */
    synchronized boolean doneReading() {
        reading = again;
        again = false;
        return !reading;
    }

    synchronized void stopsReading() {
        reading = false;
        again = false;
    }

    synchronized long have() {
        return have;
    }

    synchronized void have(long sequence) {
        have = Math.max(have, sequence);
    }
}
