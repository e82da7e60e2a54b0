package io.guanjia.sandbox.wechat.callback;

import java.time.Duration;

/**
 * How patient the platform is.
 *
 * @param timeout how long it waits for one answer
 * @param interval the least time between the starts of two tries. The documentation speaks of three
 *     tries in about 15 seconds; a wrong status has also been seen to be retried at once, which is
 *     zero here
 * @param tries how often it tries
 */
public record CallbackPace(Duration timeout, Duration interval, int tries) {

    /** Five seconds, three times. */
    public static final CallbackPace OF_THE_PLATFORM =
            new CallbackPace(Duration.ofSeconds(5), Duration.ofSeconds(5), 3);

    public CallbackPace {
        if (tries < 1) {
            throw new IllegalArgumentException("tries must be at least 1");
        }
    }

    /** The same number of tries, with this time-out and interval. */
    public static CallbackPace every(Duration time) {
        return new CallbackPace(time, time, OF_THE_PLATFORM.tries);
    }
}
