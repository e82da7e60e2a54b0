package io.guanjia.gateway.outbound;

import reactor.core.publisher.Mono;

import java.time.Duration;

/** How fast a platform takes messages on one way. */
interface Pace {

    /**
     * Asks to send up to {@code wanted} messages now. What is granted counts as sent.
     *
     * @param perSecond what the platform takes, greater than 0
     */
    Mono<Grant> take(Way way, double perSecond, int wanted);

    /** How many may go together after a pause: what the platform takes in a quarter of a second. */
    static int burst(double perSecond) {
        return (int) Math.max(1, perSecond / 4);
    }

    /**
     * @param messages how many may go
     * @param pause where that is 0, how long until one may
     */
    record Grant(int messages, Duration pause) {}
}
