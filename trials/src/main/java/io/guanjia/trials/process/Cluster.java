package io.guanjia.trials.process;

import io.guanjia.embedded.Durability;
import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.embedded.EmbeddedSettings;
import io.guanjia.embedded.Progress;
import io.guanjia.sandbox.Sandbox;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.wechat.AccountSettings;
import io.guanjia.trials.caller.Credentials;
import io.guanjia.trials.caller.WeixinCaller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Servers, sandbox, balancer and nodes; everything ends with it. */
public final class Cluster implements AutoCloseable {

    private final Programs programs;
    private final Path scratch;
    private final EmbeddedServers servers;
    private final Sandbox sandbox;
    private final List<Cluster.Account> accounts;
    private final List<GatewayNode> nodes = new ArrayList<>();
    private final Balancer balancer;

    private Cluster(Path scratch, Programs programs, Plan plan) {
        this.programs = programs;
        this.scratch = scratch;
        this.accounts = plan.accounts();
        this.servers = EmbeddedServers.start(servers(plan), Progress.SILENT);
        this.sandbox =
                Sandbox.start(
                        plan.sandbox()
                                .onPort(0)
                                .with(
                                        accounts.stream()
                                                .map(Account::settings)
                                                .toArray(AccountSettings[]::new)));
        plan.nodes().forEach(name -> nodes.add(node(name, plan.flags(), plan.settings())));
        this.balancer = new Balancer(nodes.stream().map(GatewayNode::address).toList());
        for (var account : accounts) {
            var open = sandbox.wechat(account.settings().name());
            open.change(open.settings().calledBackAt(callbacks(balancer.address(), account)));
        }
    }

    private EmbeddedSettings servers(Plan plan) {
        var settings =
                EmbeddedSettings.in(scratch.resolve("data"))
                        .withBinaries(Places.root().resolve(".guanjia").resolve("servers"))
                        .withDurability(plan.durability());
        return plan.warmedUp() ? settings.atFullSpeed() : settings;
    }

    /**
     * What to start.
     *
     * @param name of the run; its scratch folder is emptied first
     * @param nodes their names
     * @param flags for the nodes' JVMs
     * @param settings of the nodes, beyond what connects them
     * @param warmedUp whether the run lasts so long that Kafka should be compiled well
     */
    public record Plan(
            String name,
            List<String> nodes,
            List<Account> accounts,
            SandboxSettings sandbox,
            Durability durability,
            List<String> flags,
            Map<String, String> settings,
            boolean warmedUp) {}

    /**
     * An official account that the sandbox plays and the nodes serve.
     *
     * @param answerWithin how long a node holds a callback back; a millisecond means that answers
     *     go out as customer-service messages
     */
    public record Account(AccountSettings settings, Duration answerWithin) {

        /** One with everything granted; its callback address is set once there is a balancer. */
        public static Account named(String name, Duration answerWithin) {
            var notYet = URI.create("http://127.0.0.1:9");
            return new Account(AccountSettings.named(name, notYet), answerWithin);
        }

        /** Calls as WeChat does. */
        public WeixinCaller caller() {
            var credentials =
                    new Credentials(
                            settings.originalId(),
                            settings.appId(),
                            settings.token(),
                            Objects.requireNonNull(settings.aesKey()));
            return new WeixinCaller("wechat", credentials, false);
        }

        /** Where its callbacks go. */
        public String path() {
            return "/callbacks/wechat/" + settings.name();
        }
    }

    /** Starts the servers and the sandbox; nodes are started one by one. */
    public static Cluster start(Plan plan) {
        var scratch = Places.scratch().resolve(plan.name());
        delete(scratch);
        var programs = new Programs(scratch.resolve("logs"));
        return new Cluster(scratch, programs, plan);
    }

    private static URI callbacks(URI base, Account account) {
        return base.resolve(account.path());
    }

    /** Another node beside the planned ones; the balancer does not know it. Not started yet. */
    public GatewayNode node(String name, List<String> flags, Map<String, String> settings) {
        var all = new LinkedHashMap<String, String>(servers.springProperties());
        all.put("guanjia.journal.spool", scratch.resolve("spool-" + name).toString());
        all.put("guanjia.bot.knowledge", scratch.resolve("knowledge").toString());
        all.put("guanjia.media.folder", scratch.resolve("media").toString());
        for (int i = 0; i < accounts.size(); i++) {
            put(all, "guanjia.channels.wechat.accounts[" + i + "].", accounts.get(i));
        }
        all.putAll(settings);
        var allFlags = new ArrayList<>(flags);
        allFlags.add("-Djava.io.tmpdir=" + temporary());
        return new GatewayNode(programs, name, allFlags, all);
    }

    /** What a node unpacks stays behind when it is killed; here the next run removes it. */
    private Path temporary() {
        try {
            return Files.createDirectories(scratch.resolve("tmp").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(Map<String, String> all, String prefix, Account account) {
        var settings = account.settings();
        all.put(prefix + "name", settings.name());
        all.put(prefix + "app-id", settings.appId());
        all.put(prefix + "secret", settings.secret());
        all.put(prefix + "token", settings.token());
        all.put(prefix + "aes-key", Objects.requireNonNull(settings.aesKey()));
        all.put(prefix + "mode", "safe");
        all.put(prefix + "api-base", sandbox.wechatApiBase().toString());
        all.put(prefix + "answer-within", account.answerWithin().toMillis() + "ms");
    }

    /** Starts all planned nodes side by side, and returns when they take callbacks. */
    public void startNodes() {
        nodes.forEach(GatewayNode::launch);
        nodes.forEach(GatewayNode::awaitReady);
    }

    public Programs programs() {
        return programs;
    }

    /** Files of this run, such as the nodes' knowledge in {@code knowledge/}. */
    public Path scratch() {
        return scratch;
    }

    public EmbeddedServers servers() {
        return servers;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    /** PostgreSQL's data folder. */
    public Path postgresData() {
        return scratch.resolve("data").resolve("postgresql");
    }

    public List<GatewayNode> nodes() {
        return List.copyOf(nodes);
    }

    public Database database() {
        return new Database(servers.postgres());
    }

    @Override
    public void close() {
        balancer.close();
        programs.close();
        sandbox.close();
        servers.close();
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var found = Files.walk(folder)) {
            for (var path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
