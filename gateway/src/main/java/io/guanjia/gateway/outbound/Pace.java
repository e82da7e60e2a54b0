package io.guanjia.gateway.outbound;

import reactor.core.publisher.Mono;

import java.time.Duration;

/** How fast a platform is called on one way. */
interface Pace {

    /**
     * Asks to make up to {@code wanted} calls now. What is granted counts as made.
     *
     * @param perSecond what the platform takes, greater than 0
     */
    Mono<Grant> take(Way way, double perSecond, int wanted);

    /**
     * Corrects a grant once it is known how many calls there are.
     *
     * @param more than were granted: what is asked for next waits for them; less than 0 for fewer,
     *     which are free again
     */
    Mono<Void> settle(Way way, double perSecond, int more);

    /**
     * How many may be made together after a pause: what the platform takes in a quarter of a
     * second.
     */
    static int burst(double perSecond) {
        return (int) Math.max(1, perSecond / 4);
    }

    /**
     * @param calls how many may be made
     * @param pause where that is 0, how long until one may
     */
    record Grant(int calls, Duration pause) {}
}
