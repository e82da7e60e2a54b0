package io.guanjia.adapters.app;

import java.time.Duration;

/** So many at once, and then one every so often. */
final class Pace {

    private final int most;
    private final long every;
    private double left;
    private long at = System.nanoTime();

    Pace(int most, Duration every) {
        this.most = most;
        this.every = every.toNanos();
        this.left = most;
    }

    /** Whether one more is within it. */
    synchronized boolean allows() {
        var now = System.nanoTime();
        left = Math.min(most, left + (double) (now - at) / every);
        at = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
