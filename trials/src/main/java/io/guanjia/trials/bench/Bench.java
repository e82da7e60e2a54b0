package io.guanjia.trials.bench;

import io.guanjia.embedded.Durability;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.trials.bench.load.LoadProcess;
import io.guanjia.trials.bench.load.SelfTest;
import io.guanjia.trials.caller.Caller;
import io.guanjia.trials.process.Cluster;
import io.guanjia.trials.process.Cluster.Account;
import io.guanjia.trials.process.Cluster.Plan;
import io.guanjia.trials.process.Places;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Measures B1, B2 and B7 and writes {@code results/bench.md}. See {@link BenchSettings}. */
public final class Bench {

    private static final int APP_SOCKETS = 10_000;

    private static final String AGENT = "xiaowang";
    private static final String PASSWORD = "trials-only-Passw0rd";

    private final BenchSettings settings;
    private final Cluster cluster;
    private final Account pushing = Account.named("pushing", Duration.ofMillis(1));
    private final Account quick = Account.named("quick", Duration.ofSeconds(2));
    private final List<String> verdicts = new ArrayList<>();

    private Bench(BenchSettings settings) {
        this.settings = settings;
        this.cluster =
                Cluster.start(
                        new Plan(
                                "bench",
                                List.of("node-a"),
                                List.of(pushing, quick),
                                SandboxSettings.defaults().remembering(1_000, 20),
                                Durability.PROCESS_DEATH,
                                Contenders.FLAGS,
                                nodeSettings(),
                                true));
    }

    public static void main(String[] args) throws Exception {
        var settings = BenchSettings.fromProperties();
        var bench = new Bench(settings);
        try {
            bench.run();
        } finally {
            bench.cluster.close();
        }
        // The sandbox's threads would keep this JVM alive.
        System.exit(0);
    }

    private static Map<String, String> nodeSettings() {
        return Map.of(
                // The pace of the demo is what we offer, so whatever once waits would wait for
                // good.
                "guanjia.channels.wechat.accounts[0].pace.custom-send",
                Integer.toString(10 * BotReply.RATE),
                "guanjia.bot.knowledge",
                Knowledge.folder().toString(),
                "guanjia.handoff.opens",
                "00:00",
                "guanjia.handoff.closes",
                "00:00",
                "guanjia.security.users[0].username",
                AGENT,
                "guanjia.security.users[0].name",
                AGENT,
                "guanjia.security.users[0].password",
                PASSWORD,
                "guanjia.security.users[0].roles",
                "agent");
    }

    private void run() throws Exception {
        var load = LoadProcess.start(cluster.programs());
        var raw = new Raw();
        var report = new Report(settings, SelfTest.run(load::run), nodeSettings());
        if (settings.wants("B1")) {
            ingest(load, raw, report);
        }
        if (settings.wants("C1")) {
            channels(load, raw, report);
        }
        if (settings.wants("B2")) {
            bot(report);
        }
        if (settings.wants("B7")) {
            sockets(report);
        }
        if (settings.wants("C2")) {
            carrier(report);
        }
        if (settings.wants("C3")) {
            appSockets(report);
        }
        report.verdicts(verdicts);
        var folder = settings.only().isEmpty() ? Places.results() : cluster.scratch();
        report.write(folder.resolve("bench.md"));
        raw.write(folder.resolve("bench.csv"));
    }

    private void ingest(LoadProcess load, Raw raw, Report report) {
        var contenders = new Contenders(cluster, pushing, nodeSettings());
        var durable = contenders.durable();
        var withoutJournal = contenders.withoutJournal();
        var mvc = contenders.springMvc();
        var all = List.of(durable, mvc, contenders.coWechat(), contenders.bare(), withoutJournal);
        var measured = new Ingest(settings, load, raw).measure(all);
        report.ingest(measured, durable);
        var ours = Objects.requireNonNull(measured.get(durable));
        var perSecond = ours.throughput().median();
        verdict(
                "≥ 8 × Spring MVC + weixin-java-mp",
                perSecond / Objects.requireNonNull(measured.get(mvc)).throughput().median(),
                "× %.1f",
                value -> value >= 8);
        verdict(
                "≥ 0.8 × our own server without the journal",
                perSecond
                        / Objects.requireNonNull(measured.get(withoutJournal))
                                .throughput()
                                .median(),
                "× %.2f",
                value -> value >= 0.8);
        verdict(
                "p99 < 50 ms at half of saturation",
                ours.p99(50) / 1e3,
                "%.1f ms",
                value -> value < 50);
        contenders.stop();
    }

    private void channels(LoadProcess load, Raw raw, Report report) {
        var contenders = new Contenders(cluster, pushing, nodeSettings());
        var all = contenders.channels();
        var fetched = fetched(contenders.kfStream());
        var measured =
                new Ingest(settings, load, raw)
                        .throughput(all, settings.shortWarmUp(), settings.fewRepeats());
        report.channels(measured, all.getFirst(), fetched);
        var wechat = Objects.requireNonNull(measured.get(all.getFirst())).throughput().median();
        // A callback of 微信客服 keeps nothing: what counts is what is fetched.
        var kept =
                all.subList(1, all.size()).stream()
                        .filter(one -> !one.name().equals("wecom-kf"))
                        .toList();
        for (var other : kept) {
            verdict(
                    "≥ 0.8 × the callbacks of WeChat: " + other.name(),
                    Objects.requireNonNull(measured.get(other)).throughput().median() / wechat,
                    "× %.2f",
                    value -> value >= 0.8);
        }
        verdict(
                "≥ 0.8 × the callbacks of WeChat: messages fetched of wecom-kf",
                fetched.median() / wechat,
                "× %.2f",
                value -> value >= 0.8);
        contenders.stop();
    }

    private Samples fetched(KfStream stream) {
        var fetched = new Samples();
        var messages = 2_000 * settings.seconds();
        stream.read(messages);
        for (int round = 0; round < settings.fewRepeats(); round++) {
            fetched.add(stream.read(messages));
        }
        return fetched;
    }

    private void bot(Report report) throws Exception {
        var contenders = new Contenders(cluster, pushing, nodeSettings());
        var stages = new StageMinima(cluster).measure(contenders.durable(), pushing);
        contenders.stop();
        cluster.startNodes();
        var byWay = new LinkedHashMap<String, BotReply.Measured>();
        for (var way : List.of("pushing", "quick")) {
            var reply = new BotReply(cluster.sandbox().wechat(way));
            reply.run("warm", Duration.ofSeconds(settings.warmUp()));
            byWay.put(
                    way.equals("quick") ? "in the response" : "as a customer-service message",
                    reply.run("real", Duration.ofSeconds(3L * settings.seconds())));
        }
        report.bot(byWay, stages);
        byWay.forEach(
                (way, of) ->
                        verdict(
                                "bot's answer p99 < 300 ms at 100 messages/s, " + way,
                                of.p99() / 1e3,
                                "%.0f ms",
                                value -> value < 300 && of.unanswered() == 0));
        cluster.nodes().getFirst().kill();
    }

    private void sockets(Report report) {
        var sockets = new OpenSockets(cluster, settings.sockets(), nodeSettings());
        var bare = sockets.bare();
        var desk = sockets.desk(AGENT, PASSWORD);
        report.sockets(desk, bare);
        verdict(
                "≤ 12 KB of live heap per open socket",
                desk.slope() / 1024,
                "%.1f KB",
                value -> value <= 12);
    }

    private void carrier(Report report) {
        var delivers = new LinkedHashMap<Integer, Samples>();
        var submits = new LinkedHashMap<Integer, Samples>();
        for (var connections : List.of(1, 2)) {
            var in = delivers.computeIfAbsent(connections, _ -> new Samples());
            var out = submits.computeIfAbsent(connections, _ -> new Samples());
            try (var line = new CarrierLine(cluster, connections, nodeSettings())) {
                var messages = 2_000 * settings.seconds();
                line.delivers(messages);
                line.submits(0, messages);
                for (int round = 1; round <= settings.repeats(); round++) {
                    in.add(line.delivers(messages));
                    out.add(line.submits(round, messages));
                }
            }
        }
        report.carrier(delivers, submits);
        verdict(
                "CMPP takes ≥ 3,000 DELIVER/s, durable",
                delivers.values().stream().mapToDouble(Samples::median).max().orElse(0),
                "%,.0f/s",
                value -> value >= 3_000);
        verdict(
                "CMPP submits ≥ 2,000 SMS/s",
                submits.values().stream().mapToDouble(Samples::median).max().orElse(0),
                "%,.0f/s",
                value -> value >= 2_000);
    }

    private void appSockets(Report report) {
        var most = Math.min(APP_SOCKETS, settings.sockets());
        var accounts = new Contenders(cluster, pushing, nodeSettings());
        var nodeSettings = new HashMap<>(nodeSettings());
        nodeSettings.putAll(accounts.account(Caller.app()));
        nodeSettings.put("guanjia.security.api-tokens[0].name", "bench");
        nodeSettings.put("guanjia.security.api-tokens[0].token", AppPush.TOKEN);
        nodeSettings.put("guanjia.security.api-tokens[0].roles", "supervisor");
        var pushed = new ArrayList<AppPush.Measured>();
        var sockets = new OpenSockets(cluster, most, nodeSettings);
        var rounds = new ArrayList<OpenSockets.Measured>();
        rounds.add(
                sockets.app(
                        (node, clients) ->
                                pushed.add(
                                        new AppPush(node, most)
                                                .run(
                                                        clients,
                                                        Duration.ofSeconds(settings.warmUp()),
                                                        Duration.ofSeconds(3L * settings.seconds()),
                                                        settings.fewRepeats()))));
        // What a socket costs needs no warm node, but another one each time.
        while (rounds.size() < settings.fewRepeats()) {
            rounds.add(sockets.app((_, _) -> {}));
        }
        report.appSockets(rounds, pushed.getFirst(), most);
        verdict(
                "≤ 12 KB of live heap per open app socket",
                OpenSockets.slopes(rounds).median() / 1024,
                "%.1f KB",
                value -> value <= 12);
        verdict(
                "a message to one of %,d app sockets in p99 < 100 ms".formatted(most),
                pushed.getFirst().p99().median() / 1e3,
                "%.0f ms",
                value -> value < 100 && pushed.getFirst().missing() == 0);
    }

    private interface Aim {
        boolean met(double value);
    }

    private void verdict(String aim, double value, String format, Aim check) {
        verdicts.add(
                "| %s | %s | %s |"
                        .formatted(
                                aim,
                                format.formatted(value).replace("Infinity ms", "never"),
                                check.met(value) ? "met" : "**missed**"));
    }
}
