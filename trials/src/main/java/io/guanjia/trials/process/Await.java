package io.guanjia.trials.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for what takes its time. */
public final class Await {

    private static final long LOOK_EVERY_MILLIS = 50;

    private Await() {}

    /**
     * Returns whether the condition came true in time. A failure while looking counts as not yet.
     */
    public static boolean within(Duration patience, Callable<Boolean> condition) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            if (holds(condition)) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(Duration.ofMillis(LOOK_EVERY_MILLIS));
        }
    }

    /** As {@link #within}, and fails with {@code otherwise} where it does not come true. */
    public static void until(
            Duration patience, Callable<Boolean> condition, Supplier<String> otherwise) {
        if (!within(patience, condition)) {
            throw new IllegalStateException("after " + patience + ": " + otherwise.get());
        }
    }

    /** Lets time pass where time itself is what a trial is about. */
    public static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            return false;
        }
    }
}
