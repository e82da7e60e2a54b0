package io.guanjia.trials.bench;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long and how often, from system properties.
 *
 * @param warmUp {@code bench.warmup}: seconds for each contender before anything counts
 * @param seconds {@code bench.seconds}: of each measurement
 * @param repeats {@code bench.repeats}: of each throughput measurement
 * @param connections {@code bench.connections}: of the closed loop
 * @param sockets {@code bench.sockets}: open at the most
 * @param only {@code bench.only}: such as {@code B1,B7}; everything when empty
 */
record BenchSettings(
        int warmUp, int seconds, int repeats, int connections, int sockets, Set<String> only) {

    static BenchSettings fromProperties() {
        return new BenchSettings(
                Integer.getInteger("bench.warmup", 60),
                Integer.getInteger("bench.seconds", 10),
                Integer.getInteger("bench.repeats", 5),
                Integer.getInteger("bench.connections", 64),
                Integer.getInteger("bench.sockets", 19_000),
                Arrays.stream(System.getProperty("bench.only", "").split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Of what compares many and whose warmed classes they share. */
    int shortWarmUp() {
        return Math.ceilDiv(warmUp, 4);
    }

    /** Of what takes long. */
    int fewRepeats() {
        return Math.min(3, repeats);
    }

    boolean wants(String name) {
        return only.isEmpty() || only.contains(name);
    }
}
