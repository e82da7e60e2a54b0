package io.guanjia.trials.bench;

import io.guanjia.trials.bench.load.LoadPlan;
import io.guanjia.trials.bench.load.LoadProcess;
import io.guanjia.trials.bench.load.LoadResult;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** B1: how many callbacks a second a server takes, and how long each waits. */
final class Ingest {

    /** Of the measured saturation. */
    static final List<Integer> PERCENT = List.of(10, 50, 80);

    private static final int SENDERS = 20_000;
    private static final double DUPLICATES = 0.05;
    private static final int WARM_UP_SLICE = 10;
    private static final int WARM_UP_MESSAGES = 150_000;
    private static final int AT_LEAST = 50_000;
    private static final int AT_MOST = 600_000;
    private static final int OPEN_CONNECTIONS = 256;

    private final BenchSettings settings;
    private final LoadProcess load;
    private final Raw raw;
    private final Map<Contender, Measured> measured = new LinkedHashMap<>();

    Ingest(BenchSettings settings, LoadProcess load, Raw raw) {
        this.settings = settings;
        this.load = load;
        this.raw = raw;
    }

    /** What came out for one contender. */
    record Measured(Samples throughput, Map<Integer, List<LoadResult>> latency, List<Long> wrong) {

        static Measured nothing() {
            return new Measured(new Samples(), new LinkedHashMap<>(), new ArrayList<>());
        }

        /** The median over the rounds, in microseconds. */
        double p99(int percent) {
            var samples = new Samples();
            latency.getOrDefault(percent, List.of()).forEach(one -> samples.add(one.p99()));
            return samples.median();
        }

        /** The median over the rounds, in microseconds. */
        double p50(int percent) {
            var samples = new Samples();
            latency.getOrDefault(percent, List.of()).forEach(one -> samples.add(one.p50()));
            return samples.median();
        }

        long wrongAnswers() {
            return wrong.stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Measures all of them, in turns: A B C, C B A, A B C … */
    Map<Contender, Measured> measure(List<Contender> contenders) {
        throughput(contenders, settings.warmUp(), settings.repeats());
        for (int round = 0; round < settings.fewRepeats(); round++) {
            for (var percent : PERCENT) {
                for (var contender : turn(contenders, round)) {
                    latency(contender, percent);
                }
            }
        }
        return measured;
    }

    /** As {@link #measure}, without latency; {@code warmUp} in seconds for each. */
    Map<Contender, Measured> throughput(List<Contender> contenders, int warmUp, int repeats) {
        contenders.forEach(contender -> warmUp(contender, warmUp));
        for (int round = 0; round < repeats; round++) {
            for (var contender : turn(contenders, round)) {
                throughput(contender);
            }
        }
        return measured;
    }

    private static List<Contender> turn(List<Contender> contenders, int round) {
        return round % 2 == 0 ? contenders : contenders.reversed();
    }

    private void warmUp(Contender contender, int seconds) {
        measured.put(contender, Measured.nothing());
        for (int left = seconds; left > 0; left -= WARM_UP_SLICE) {
            load.run(plan(contender, Math.min(left, WARM_UP_SLICE), WARM_UP_MESSAGES));
        }
    }

    private void throughput(Contender contender) {
        var of = of(contender);
        var expected = of.throughput().isEmpty() ? 30_000 : of.throughput().maximum() * 1.3;
        var messages = Math.clamp((long) (expected * settings.seconds()), AT_LEAST, AT_MOST);
        var result = load.run(plan(contender, settings.seconds(), messages));
        raw.add("B1 throughput", contender, 0, result);
        of.throughput().add(result.perSecond());
        of.wrong().add(result.wrong());
    }

    private void latency(Contender contender, int percent) {
        var of = of(contender);
        var rate = of.throughput().median() * percent / 100;
        var result =
                load.run(plan(contender, settings.seconds(), 1).atRate(rate, OPEN_CONNECTIONS));
        raw.add("B1 latency at " + percent + " %", contender, rate, result);
        of.latency().computeIfAbsent(percent, _ -> new ArrayList<>()).add(result);
        of.wrong().add(result.wrong());
    }

    private Measured of(Contender contender) {
        return measured.computeIfAbsent(contender, _ -> Measured.nothing());
    }

    private LoadPlan plan(Contender contender, int seconds, int messages) {
        return new LoadPlan(
                "127.0.0.1",
                contender.port(),
                contender.path(),
                settings.connections(),
                seconds,
                0,
                messages,
                SENDERS,
                DUPLICATES,
                contender.caller());
    }
}
