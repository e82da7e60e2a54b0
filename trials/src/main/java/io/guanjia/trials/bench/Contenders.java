package io.guanjia.trials.bench;

import io.guanjia.sandbox.wecom.WecomKfPlatform;
import io.guanjia.trials.caller.Caller;
import io.guanjia.trials.caller.Caller.Said;
import io.guanjia.trials.caller.CorpCaller;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.Cluster;
import io.guanjia.trials.process.Cluster.Account;
import io.guanjia.trials.process.FreePort;
import io.guanjia.trials.process.Http;
import io.guanjia.trials.process.JavaCommand;
import io.guanjia.trials.process.Places;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Starts the servers that are compared. Each gets the same memory. */
final class Contenders {

    /** For every JVM that is compared. */
    static final List<String> FLAGS =
            List.of("-Xms768m", "-Xmx768m", "-Dio.netty.leakDetection.level=disabled");

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Cluster cluster;
    private final Account account;
    private final Map<String, String> nodeSettings;
    private final List<Runnable> ends = new ArrayList<>();

    Contenders(Cluster cluster, Account account, Map<String, String> nodeSettings) {
        this.cluster = cluster;
        this.account = account;
        this.nodeSettings = nodeSettings;
    }

    /** Ends all of them. */
    void stop() {
        ends.forEach(Runnable::run);
    }

    /** The gateway; the conversations are worked on by other nodes, as far as it is concerned. */
    Contender durable() {
        return gateway(
                "guanjia",
                "signature, AES, StAX, dedupe, acknowledged by Kafka (acks=all)",
                Map.of("trials.feed", "off", "guanjia.journal.topic", "trials.durable"));
    }

    Contender withoutJournal() {
        return gateway(
                "guanjia, no journal",
                "the same, but nothing is kept",
                Map.of("trials.feed", "off", "trials.journal", "none"));
    }

    /** One node, and for each channel whoever calls it there. WeChat is the first. */
    List<Contender> channels() {
        var settings =
                new HashMap<>(
                        Map.of("trials.feed", "off", "guanjia.journal.topic", "trials.channels"));
        var others =
                Caller.all().stream().filter(caller -> !caller.channel().equals("wechat")).toList();
        others.forEach(caller -> settings.putAll(account(caller)));
        var wechat = gateway("guanjia-channels", "wechat", settings);
        // The node asks there what there is to fetch, and is rung for it.
        cluster.sandbox()
                .platform("wecom-kf")
                .open(
                        Caller.ACCOUNT,
                        CorpCaller.kf().settings(),
                        URI.create("http://127.0.0.1:" + wechat.port() + CorpCaller.kf().path()));
        var all = new ArrayList<Contender>();
        all.add(new Contender("wechat", "", wechat.port(), account.path(), account.caller()));
        others.forEach(
                caller ->
                        all.add(
                                new Contender(
                                        caller.channel(),
                                        "",
                                        wechat.port(),
                                        caller.path(),
                                        caller)));
        return all;
    }

    /** What there is to fetch for the node of {@link #channels}. */
    KfStream kfStream() {
        return new KfStream(
                cluster.sandbox().platform(WecomKfPlatform.class).require(Caller.ACCOUNT));
    }

    /** The settings of one account for it to call. */
    Map<String, String> account(Caller caller) {
        var prefix = "guanjia.channels." + caller.channel() + ".accounts[0].";
        var all = new HashMap<String, String>();
        caller.settings().forEach((key, value) -> all.put(prefix + key, value));
        all.put(prefix + "name", Caller.ACCOUNT);
        if (!caller.channel().equals("app")) {
            all.put(prefix + "api-base", cluster.sandbox().address() + "/" + caller.channel());
        }
        return all;
    }

    private Contender gateway(String name, String what, Map<String, String> settings) {
        var all = new HashMap<>(nodeSettings);
        all.putAll(settings);
        var node = cluster.node(name.replaceAll("\\W+", "-"), FLAGS, all);
        ends.add(node::kill);
        node.start();
        return new Contender(name, what, node.port(), account.path(), account.caller());
    }

    /** The peer that most accounts on Java run. */
    Contender springMvc() {
        var target = Places.module().resolve("peers").resolve("mvc").resolve("target");
        var port = FreePort.choose();
        var settings = account.settings();
        var command =
                JavaCommand.of(
                                "io.guanjia.trials.peer.MvcPeer",
                                target.resolve("classes")
                                        + ":"
                                        + read(target.resolve("class-path.txt")))
                        .flags(FLAGS.toArray(String[]::new))
                        .arguments(
                                "--server.port=" + port,
                                "--server.address=127.0.0.1",
                                // As ours: a connection is not closed after a hundred requests.
                                "--server.tomcat.max-keep-alive-requests=-1",
                                "--peer.app-id=" + settings.appId(),
                                "--peer.token=" + settings.token(),
                                "--peer.aes-key=" + Objects.requireNonNull(settings.aesKey()));
        start("mvc-peer", command.words());
        return ready(
                new Contender(
                        "Spring MVC + weixin-java-mp",
                        "signature, AES, XStream, dedupe in memory; keeps nothing",
                        port,
                        "/callback",
                        account.caller()));
    }

    /** The peer on Node, one worker a core. */
    Contender coWechat() {
        var folder = NodePeer.installed(cluster.scratch().resolve("co-wechat"));
        var port = FreePort.choose();
        var settings = account.settings();
        start(
                "node-peer",
                List.of(
                        "node",
                        folder.resolve("server.js").toString(),
                        Integer.toString(port),
                        settings.appId(),
                        settings.token(),
                        Objects.requireNonNull(settings.aesKey())));
        return ready(
                new Contender(
                        "co-wechat on Node",
                        "signature, AES, xml2js, dedupe in memory; keeps nothing",
                        port,
                        "/callback",
                        account.caller()));
    }

    /** What the network alone allows. */
    Contender bare() {
        var port = FreePort.choose();
        var command =
                JavaCommand.of(BareServer.class)
                        .flags(FLAGS.toArray(String[]::new))
                        .arguments(Integer.toString(port));
        start("bare", command.words());
        return ready(
                new Contender(
                        "bare reactor-netty",
                        "reads the body, answers success",
                        port,
                        "/callback",
                        account.caller()));
    }

    private void start(String name, List<String> command) {
        ends.add(cluster.programs().start(name, command)::kill);
    }

    private Contender ready(Contender contender) {
        var caller = account.caller();
        Await.until(
                PATIENCE,
                () -> {
                    var now = Instant.now();
                    var hello = caller.call(new Said("oHello", now.toEpochMilli(), "在吗", now), now);
                    var address =
                            "http://127.0.0.1:%d%s?%s"
                                    .formatted(contender.port(), contender.path(), hello.query());
                    return Http.post(URI.create(address), hello.body()).statusCode() == 200;
                },
                () -> contender.name() + " does not take callbacks");
        return contender;
    }

    private static String read(java.nio.file.Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("build trials/peers/mvc first", e);
        }
    }
}
