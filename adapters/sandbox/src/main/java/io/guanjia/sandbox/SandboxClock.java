package io.guanjia.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The platforms' idea of what time it is: a real clock that can be shifted, so that a test need not
 * wait 48 hours for a reply window to close.
 *
 * <p>Shifting moves windows, token lives, quotas and expiry dates. It does not move what is waited
 * for in real time: the five seconds of a callback, the pause before its next try, a delay fault.
 */
public final class SandboxClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

    /** Is as late as {@code base} until it is shifted. */
    public SandboxClock(Clock base) {
        this.base = base;
    }

    /** How far this clock is ahead of the real one; negative when behind. */
    public Duration shift() {
        return shift.get();
    }

    /** Sets how far this clock is ahead of the real one. */
    public void shiftTo(Duration ahead) {
        shift.set(ahead);
    }

    /** Lets time pass. A negative duration turns it back. */
    public void advance(Duration by) {
        shift.updateAndGet(by::plus);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(shift.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        var other = new SandboxClock(base.withZone(zone));
        other.shiftTo(shift());
        return other;
    }
}
