package io.guanjia.adapters.sms.line;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double from try to try and vary by half, so that lines do not come back as one. */
final class Pauses {

    private final Duration first;
    private final Duration last;
    private final RandomGenerator random;
    private int taken;

    Pauses(Duration first, Duration last, RandomGenerator random) {
        this.first = first;
        this.last = last;
        this.random = random;
    }

    Duration next() {
        long full = first.toNanos();
        for (int i = 0; i < taken && full < last.toNanos(); i++) {
            full *= 2;
        }
        taken++;
        full = Math.min(full, last.toNanos());
        return Duration.ofNanos((long) (full * (0.75 + random.nextDouble() / 2)));
    }

    void beginAnew() {
        taken = 0;
    }
}
