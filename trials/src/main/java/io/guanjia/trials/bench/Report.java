package io.guanjia.trials.bench;

import io.guanjia.trials.bench.Ingest.Measured;
import io.guanjia.trials.bench.load.LoadResult;
import io.guanjia.trials.process.Machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The page that {@code mvn -Pbench verify} writes. */
final class Report {

    private final List<String> lines = new ArrayList<>();

    Report(BenchSettings settings, LoadResult selfTest) {
        lines.add("# Bench");
        lines.add("");
        lines.add(
                "Written by `mvn -Pbench verify` on %s (warm-up %d s, %d repeats of %d s, %d connections; raw figures in `bench.csv`). Ratios are what counts: absolute figures on a shared machine mean little."
                        .formatted(
                                LocalDate.now(),
                                settings.warmUp(),
                                settings.repeats(),
                                settings.seconds(),
                                settings.connections()));
        lines.add("");
        lines.addAll(Machine.facts());
        lines.add(
                "- weixin-java-mp %s; co-wechat 2.4.0 and koa 3.2.1 on Node %s"
                        .formatted(
                                Machine.versionOf("weixin-java-mp"),
                                Machine.said("node", "--version")));
        lines.add(
                "- generator, servers, PostgreSQL, Redis, Kafka and sandbox share these cores; each"
                        + " JVM that is compared has `"
                        + String.join(" ", Contenders.FLAGS)
                        + "`; Kafka acks=all on one broker, as a cluster without fsync");
        lines.add(
                "- self-test of the tool: a server that stands still for 2 s shows as p90 %s ms, maximum %s ms"
                        .formatted(millis(selfTest.p90()), millis(selfTest.maximum())));
    }

    void ingest(Map<Contender, Measured> measured, Contender ours) {
        var reference = Objects.requireNonNull(measured.get(ours)).throughput().median();
        lines.add("");
        lines.add("## B1 Callback ingest");
        lines.add("");
        lines.add(
                "Safe mode, 5 % repeats, throughput closed-loop (median, range), latency open-loop"
                    + " from the intended time at 10, 50 and 80 % of each one's own saturation (p50"
                    + " / p99, ms).");
        lines.add("");
        lines.add("| | does | callbacks/s | guanjia is | 10 % | 50 % | 80 % | wrong answers |");
        lines.add("|---|---|---|---|---|---|---|---|");
        measured.forEach(
                (contender, of) ->
                        lines.add(
                                "| %s | %s | %,.0f (%,.0f–%,.0f) | %s | %s | %s | %s | %d |"
                                        .formatted(
                                                contender.name(),
                                                contender.what(),
                                                of.throughput().median(),
                                                of.throughput().minimum(),
                                                of.throughput().maximum(),
                                                contender.equals(ours)
                                                        ? "–"
                                                        : "× %.2f"
                                                                .formatted(
                                                                        reference
                                                                                / of.throughput()
                                                                                        .median()),
                                                latency(of, 10),
                                                latency(of, 50),
                                                latency(of, 80),
                                                of.wrongAnswers())));
    }

    /** One line for the gateway with everything at work behind it. */
    void whole(LoadResult closedLoop, double workedPerSecond) {
        lines.add("");
        lines.add(
                "With the same process working on the conversations (bot, PostgreSQL, sending) it takes %,.0f callbacks/s (%d wrong answers) while it works on %,.0f messages/s; the rest waits in the journal."
                        .formatted(closedLoop.perSecond(), closedLoop.wrong(), workedPerSecond));
    }

    void bot(Map<String, BotReply.Measured> byWay, Map<String, Double> stages) {
        lines.add("");
        lines.add("## B2 Callback to bot's answer");
        lines.add("");
        lines.add(
                "At %d messages/s, with servers and sandbox on the same cores; from when a message was due until its answer is there (ms)."
                        .formatted(BotReply.RATE));
        lines.add("");
        lines.add("| answer | minimum | p50 | p90 | p99 | maximum | unanswered |");
        lines.add("|---|---|---|---|---|---|---|");
        byWay.forEach(
                (way, of) ->
                        lines.add(
                                "| %s | %s | %s | %s | %s | %s | %d of %d |"
                                        .formatted(
                                                way,
                                                millis(of.minimum()),
                                                millis(of.p50()),
                                                millis(of.p90()),
                                                millis(of.p99()),
                                                millis(of.maximum()),
                                                of.unanswered(),
                                                of.unanswered() + of.answered())));
        lines.add("");
        lines.add("| stage, alone and idle | at least, ms |");
        lines.add("|---|---|");
        stages.forEach((stage, least) -> lines.add("| %s | %.2f |".formatted(stage, least)));
        lines.add(
                "| sum | %.2f |"
                        .formatted(
                                stages.values().stream().mapToDouble(Double::doubleValue).sum()));
    }

    void sockets(OpenSockets.Measured desk, OpenSockets.Measured bare) {
        lines.add("");
        lines.add("## B7 Memory per open socket");
        lines.add("");
        lines.add("Slope of the live heap after a full collection.");
        lines.add("");
        lines.add("| | bytes per socket | live heap at | resident per socket |");
        lines.add("|---|---|---|---|");
        lines.add(socketLine("desk", desk));
        lines.add(socketLine("bare Netty", bare));
        lines.add("| desk / bare | × %.1f | | |".formatted(desk.slope() / bare.slope()));
        lines.add("");
        lines.add("What a desk socket consists of, bytes each:");
        lines.add("");
        desk.perClass().forEach((name, bytes) -> lines.add("- `%s` %,.0f".formatted(name, bytes)));
    }

    private static String socketLine(String name, OpenSockets.Measured of) {
        var heaps = new ArrayList<String>();
        of.heap()
                .forEach(
                        (sockets, bytes) ->
                                heaps.add("%,d: %,d KB".formatted(sockets, bytes / 1024)));
        return "| %s | %,.0f | %s | %,.0f |"
                .formatted(name, of.slope(), String.join(", ", heaps), of.residentSlope());
    }

    void verdicts(List<String> verdicts) {
        lines.add("");
        lines.add("## Aims");
        lines.add("");
        lines.add("| aim | measured | |");
        lines.add("|---|---|---|");
        lines.addAll(verdicts);
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.forEach(System.out::println);
    }

    private static String latency(Measured of, int percent) {
        return "%.1f / %.1f".formatted(of.p50(percent) / 1e3, of.p99(percent) / 1e3);
    }

    private static String millis(long micros) {
        return "%.1f".formatted(micros / 1e3);
    }
}
