package io.guanjia.trials.faults;

import io.guanjia.embedded.Durability;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.Cluster;
import io.guanjia.trials.process.Cluster.Account;
import io.guanjia.trials.process.Cluster.Plan;
import io.guanjia.trials.process.NodeSettings;
import io.guanjia.trials.process.Places;
import io.guanjia.trials.process.ShiftedClock;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where all trials of a run take place: two nodes, and two accounts. One has its answers in the
 * response where they are ready in time, the other always sends them as customer-service messages.
 */
final class Scene implements AutoCloseable {

    /** How much of everything. */
    enum Size {
        SHORT,
        FULL;

        int of(int inShort, int inFull) {
            return this == SHORT ? inShort : inFull;
        }
    }

    /** People at the desk. They can take what nobody has, and nothing else. */
    static final List<String> AGENTS = List.of("xiaowang", "xiaoli");

    static final String PASSWORD = "trials-only-Passw0rd";

    private final Cluster cluster;
    private final Size size;
    private final Account quick = Account.named("quick", Duration.ofSeconds(2));
    private final Account pushing = Account.named("pushing", Duration.ofMillis(1));
    private final Path clock;
    private final Map<String, String> settings;

    private Scene(String name, Size size, Map<String, String> more) {
        this.size = size;
        this.settings = Map.copyOf(more);
        this.clock = Places.scratch().resolve(name + "-clock");
        cluster =
                Cluster.start(
                        new Plan(
                                name,
                                List.of("node-a", "node-b"),
                                List.of(quick, pushing),
                                SandboxSettings.defaults().remembering(100_000, 1_000),
                                Durability.PROCESS_DEATH,
                                List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                                settings(clock, more),
                                false));
    }

    /** Starts everything, with further settings for the nodes. */
    static Scene set(String name, Size size, Map<String, String> more) {
        var scene = new Scene(name, size, more);
        try {
            Questions.write(scene.cluster.scratch().resolve("knowledge"));
            scene.clockAhead(Duration.ZERO);
            scene.cluster.startNodes();
            return scene;
        } catch (RuntimeException e) {
            scene.close();
            throw e;
        }
    }

    private static Map<String, String> settings(Path clock, Map<String, String> more) {
        var settings = new LinkedHashMap<String, String>(more);
        settings.put("trials.clock", clock.toString());
        settings.putAll(NodeSettings.OF_TRIALS);
        for (int i = 0; i < AGENTS.size(); i++) {
            var prefix = "guanjia.security.users[" + i + "].";
            settings.put(prefix + "username", AGENTS.get(i));
            settings.put(prefix + "name", AGENTS.get(i));
            settings.put(prefix + "password", PASSWORD);
            settings.put(prefix + "roles", "agent");
        }
        return settings;
    }

    Cluster cluster() {
        return cluster;
    }

    /** What the nodes have beside the usual settings. */
    Map<String, String> settings() {
        return settings;
    }

    Size size() {
        return size;
    }

    /** The account that answers in the response where it can. */
    WechatAccount quick() {
        return cluster.sandbox().wechat(quick.settings().name());
    }

    /** The account that always pushes. */
    WechatAccount pushing() {
        return cluster.sandbox().wechat(pushing.settings().name());
    }

    /** Both, for what must hold whichever way an answer goes. */
    List<WechatAccount> accounts() {
        return List.of(quick(), pushing());
    }

    /** What callbacks of an account are made with. */
    Account settings(WechatAccount account) {
        return account.name().equals(quick.settings().name()) ? quick : pushing;
    }

    /** A crowd of ordinary size that writes to {@link #quick()}. */
    Crowd crowd(String name) {
        return crowd(quick(), name);
    }

    /** A crowd of ordinary size. */
    Crowd crowd(WechatAccount account, String name) {
        return new Crowd(account, name, 24, Duration.ofMillis(800));
    }

    /** The books of a trial among the customers of one account. */
    Books books(WechatAccount account, String trial) {
        var details =
                cluster.scratch().resolve("%s-%s-details.txt".formatted(trial, account.name()));
        return new Books(account, cluster.database(), details);
    }

    /** What time it is for the platform. */
    Instant now() {
        return cluster.sandbox().clock().instant();
    }

    /** Moves the nodes' clocks and the platform's; returns when all of them go right. */
    void clockAhead(Duration ahead) {
        ShiftedClock.set(clock, ahead);
        cluster.sandbox().clock().shiftTo(ahead);
        Await.pause(ShiftedClock.NOTICED_WITHIN);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
