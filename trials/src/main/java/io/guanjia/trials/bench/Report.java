package io.guanjia.trials.bench;

import io.guanjia.trials.bench.Ingest.Measured;
import io.guanjia.trials.bench.load.LoadResult;
import io.guanjia.trials.process.Machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The page that {@code mvn -Pbench verify} writes. */
final class Report {

    private final List<String> lines = new ArrayList<>();

    Report(BenchSettings settings, LoadResult selfTest, Map<String, String> nodeSettings) {
        lines.add("# Bench");
        lines.add("");
        lines.add(
                "Written by `mvn -Pbench verify` on %s (B1: warm-up %d s, %d repeats of %d s, latency %d; C1: warm-up %d s, %d repeats; C3: %d rounds; B2 and B7 once; %d connections; raw figures in `bench.csv`). Ratios are what counts: absolute figures on a shared machine mean little."
                        .formatted(
                                LocalDate.now(ZoneId.systemDefault()),
                                settings.warmUp(),
                                settings.repeats(),
                                settings.seconds(),
                                settings.fewRepeats(),
                                settings.shortWarmUp(),
                                settings.fewRepeats(),
                                settings.fewRepeats(),
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
                "- what the gateway's settings differ in from its defaults: "
                        + nodeSettings.entrySet().stream()
                                .filter(setting -> !setting.getKey().contains(".security."))
                                .filter(setting -> !setting.getKey().endsWith(".knowledge"))
                                .map(
                                        setting ->
                                                "`"
                                                        + setting.getKey()
                                                        + "="
                                                        + setting.getValue()
                                                        + "`")
                                .sorted()
                                .collect(Collectors.joining(", ")));
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

    void channels(Map<Contender, Measured> measured, Contender first, Samples fetched) {
        var reference = Objects.requireNonNull(measured.get(first)).throughput().median();
        lines.add("");
        lines.add("## C1 Ingest of every channel");
        lines.add("");
        lines.add(
                "One node with an account on each, 5 % repeats, closed-loop in turns (median,"
                    + " range), until what came is acknowledged by Kafka. A 微信客服 callback only says"
                    + " that there is something to fetch, so nothing of it is kept; the last line"
                    + " is what is fetched then, in pages, messages/s.");
        lines.add("");
        lines.add("| | requests/s | of WeChat's | wrong answers |");
        lines.add("|---|---|---|---|");
        measured.forEach(
                (contender, of) ->
                        lines.add(
                                "| %s | %,.0f (%,.0f–%,.0f) | × %.2f | %d |"
                                        .formatted(
                                                contender.name(),
                                                of.throughput().median(),
                                                of.throughput().minimum(),
                                                of.throughput().maximum(),
                                                of.throughput().median() / reference,
                                                of.wrongAnswers())));
        lines.add(
                "| wecom-kf, fetched | %s | × %.2f | |"
                        .formatted(range(fetched), fetched.median() / reference));
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

    void carrier(Map<Integer, Samples> delivers, Map<Integer, Samples> submits) {
        lines.add("");
        lines.add("## C2 SMS over a carrier's line");
        lines.add("");
        lines.add(
                "CMPP 3.0, window 16. DELIVER: until acknowledged, which is when Kafka has it."
                    + " SUBMIT: out of the outbox, with all that PostgreSQL keeps of each, while"
                    + " the status report of each comes back.");
        lines.add("");
        lines.add("| connections | DELIVER/s | SUBMIT/s |");
        lines.add("|---|---|---|");
        delivers.forEach(
                (connections, in) ->
                        lines.add(
                                "| %d | %s | %s |"
                                        .formatted(
                                                connections,
                                                range(in),
                                                range(
                                                        Objects.requireNonNull(
                                                                submits.get(connections))))));
    }

    private static String range(Samples samples) {
        return "%,.0f (%,.0f–%,.0f)"
                .formatted(samples.median(), samples.minimum(), samples.maximum());
    }

    void appSockets(List<OpenSockets.Measured> rounds, AppPush.Measured pushed, int sockets) {
        lines.add("");
        lines.add("## C3 App sockets");
        lines.add("");
        lines.add(
                "Each of another customer, on a node of its own for each round. On the first, %d messages/s by the REST interface to one of %,d at random, through outbox and thread, from when it was due until it is on the device (ms; median of the rounds, range)."
                        .formatted(AppPush.RATE, sockets));
        lines.add("");
        lines.add("| | bytes per socket | live heap at | resident per socket |");
        lines.add("|---|---|---|---|");
        for (int i = 0; i < rounds.size(); i++) {
            lines.add(socketLine("app, node " + (i + 1), rounds.get(i)));
        }
        lines.add("| median (range) | %s | | |".formatted(range(OpenSockets.slopes(rounds))));
        lines.add("");
        lines.add("| p50 | p99 | maximum | did not arrive |");
        lines.add("|---|---|---|---|");
        lines.add(
                "| %s | %s | %s | %d of %d |"
                        .formatted(
                                millis(pushed.p50()),
                                millis(pushed.p99()),
                                millis(pushed.maximum()),
                                pushed.missing(),
                                pushed.missing() + pushed.arrived()));
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

    private static String millis(Samples micros) {
        return "%.1f (%.1f–%.1f)"
                .formatted(micros.median() / 1e3, micros.minimum() / 1e3, micros.maximum() / 1e3)
                .replace("Infinity", "never");
    }
}
