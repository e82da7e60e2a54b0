package io.guanjia.trials.bench.load;

/**
 * What came of a {@link LoadPlan}. Times are in microseconds: open-loop from when a message was
 * due, closed-loop from when it was sent.
 *
 * @param acknowledged answers that a platform takes for an acknowledgement: status 200, and {@code
 *     success} or nothing in it
 * @param wrong all others, lost connections and missing answers included
 * @param wrapped how often the prepared messages were used up
 */
public record LoadResult(
        long acknowledged,
        long wrong,
        double seconds,
        double perSecond,
        long minimum,
        long p50,
        long p90,
        long p99,
        long p999,
        long maximum,
        long wrapped,
        String firstWrong) {}
