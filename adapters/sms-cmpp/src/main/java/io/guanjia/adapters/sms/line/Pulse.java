package io.guanjia.adapters.sms.line;

/** Knows by the clock whether the other end is there. On one event loop; times in nanoseconds. */
final class Pulse {

    private final Timing timing;
    private long lastHeard;
    private long testedAt;
    private int tests;

    Pulse(Timing timing, long now) {
        this.timing = timing;
        this.lastHeard = now;
    }

    /** What there is to do. */
    enum Due {
        NOTHING,
        TEST,
        /** It has missed as many tests as it may. */
        DEAD
    }

    void heard(long now) {
        lastHeard = now;
        tests = 0;
    }

    boolean heardSince(long then) {
        return lastHeard - then > 0;
    }

    /** A test that is due counts as sent. */
    Due due(long now) {
        var waits = tests > 0;
        var waited = now - (waits ? testedAt : lastHeard);
        if (waited < (waits ? timing.answerWithin() : timing.idle()).toNanos()) {
            return Due.NOTHING;
        }
        if (tests >= timing.tests()) {
            return Due.DEAD;
        }
        tests++;
        testedAt = now;
        return Due.TEST;
    }
}
