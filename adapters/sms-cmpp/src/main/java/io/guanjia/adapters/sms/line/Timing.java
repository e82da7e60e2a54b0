package io.guanjia.adapters.sms.line;

import java.time.Duration;

/**
 * A line's rules.
 *
 * @param window questions without an answer on one connection at once
 * @param answerWithin how long to wait for an answer (T)
 * @param tests how many tests in a row may go without one before the connection counts as dead (N)
 * @param idle after how long without a word from the other end to test whether it is there (C)
 * @param retryFirst the pause before the first new try; it doubles, up to {@code retryLast}, and
 *     varies by half
 * @param refusedFirst the same after a login that was refused
 * @param stable how long a connection has to hold before the pauses begin anew
 */
public record Timing(
        int window,
        Duration answerWithin,
        int tests,
        Duration idle,
        Duration retryFirst,
        Duration retryLast,
        Duration refusedFirst,
        Duration refusedLast,
        Duration stable) {

    public static Timing of(int window, Duration answerWithin, int tests, Duration idle) {
        return new Timing(
                window,
                answerWithin,
                tests,
                idle,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(15),
                Duration.ofSeconds(10));
    }

    /** How often to look at the clock: ten times in the shortest of the waits. */
    Duration tick() {
        var shortest = answerWithin.compareTo(idle) < 0 ? answerWithin : idle;
        var tenth = shortest.dividedBy(10);
        if (tenth.compareTo(Duration.ofSeconds(1)) > 0) {
            return Duration.ofSeconds(1);
        }
        return tenth.compareTo(Duration.ofMillis(5)) < 0 ? Duration.ofMillis(5) : tenth;
    }
}
