package io.guanjia.gateway.socket;

import java.time.Duration;

/**
 * Whether the other side of one socket is still there. A line that died without a word looks like
 * one on which nobody has anything to say, so who is silent is asked, and who does not answer is
 * gone: within 30 s, the time in which a close is taken or given up included.
 */
public final class Pulse {

    /** How often to look at every socket. */
    public static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private static final long ASK_AFTER = Duration.ofSeconds(10).toNanos();

    /** Two questions without an answer, and some seconds for the network. */
    private static final long GONE_AFTER = Duration.ofSeconds(23).toNanos();

    private volatile long heard;
    private volatile long asked;

    /**
     * @param now as {@link System#nanoTime} says, here and below
     */
    public Pulse(long now) {
        heard = now;
        asked = now;
    }

    /** What to do about a socket. */
    public enum Finding {
        WELL,
        ASK,
        GONE
    }

    /** The other side gave a sign of life. */
    public void heard(long now) {
        heard = now;
    }

    /** To be called every {@link #LOOK_EVERY}; whoever hears {@code ASK} asks. */
    public Finding look(long now) {
        var silent = now - heard;
        if (silent >= GONE_AFTER) {
            return Finding.GONE;
        }
        if (silent < ASK_AFTER || now - asked < ASK_AFTER) {
            return Finding.WELL;
        }
        asked = now;
        return Finding.ASK;
    }
}
