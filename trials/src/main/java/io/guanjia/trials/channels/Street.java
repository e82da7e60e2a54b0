package io.guanjia.trials.channels;

import io.guanjia.embedded.Durability;
import io.guanjia.sandbox.SandboxSettings;
import io.guanjia.sandbox.app.AppPlatform;
import io.guanjia.trials.faults.Questions;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.Cluster;
import io.guanjia.trials.process.Cluster.Plan;
import io.guanjia.trials.process.Database;
import io.guanjia.trials.process.GatewayNode;
import io.guanjia.trials.process.NodeSettings;
import io.guanjia.trials.process.Places;
import io.guanjia.trials.process.ShiftedClock;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two nodes that serve every channel, each with an account whose platform the sandbox plays. */
public final class Street implements AutoCloseable {

    private static final List<String> FLAGS =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Cluster cluster;
    private final Path clock;
    private final List<GatewayNode> nodes = new ArrayList<>();
    private final List<Shop> shops = new ArrayList<>();
    private final boolean full;

    private Street(String name, boolean full) {
        this.full = full;
        this.clock = Places.scratch().resolve(name + "-clock");
        this.cluster =
                Cluster.start(
                        new Plan(
                                name,
                                List.of(),
                                List.of(),
                                SandboxSettings.defaults().remembering(100_000, 1_000),
                                Durability.PROCESS_DEATH,
                                List.of(),
                                Map.of(),
                                false));
    }

    /**
     * Starts everything.
     *
     * @param full whether the trials take their time
     */
    public static Street open(boolean full) {
        return open("channels", full, Map.of());
    }

    /** The same under another name, with further settings for the nodes. */
    public static Street open(String name, boolean full, Map<String, String> more) {
        var street = new Street(name, full);
        try {
            street.start(name, more);
            return street;
        } catch (RuntimeException e) {
            street.close();
            throw e;
        }
    }

    private void start(String name, Map<String, String> more) {
        Questions.write(cluster.scratch().resolve("knowledge"));
        clockAhead(Duration.ZERO);
        var platforms = new Platforms(cluster.sandbox());
        var settings = settings(platforms, more);
        for (var node : List.of(name + "-a", name + "-b")) {
            nodes.add(cluster.node(node, FLAGS, settings));
        }
        shops.addAll(platforms.open(nodes.stream().map(GatewayNode::address).toList()));
        startNodes();
    }

    private Map<String, String> settings(Platforms platforms, Map<String, String> more) {
        var all = new LinkedHashMap<String, String>(more);
        all.put("trials.clock", clock.toString());
        all.putAll(NodeSettings.OF_TRIALS);
        all.putAll(platforms.settings());
        return all;
    }

    /** Starts them side by side, and returns when they take callbacks and have their lines. */
    void startNodes() {
        nodes.forEach(GatewayNode::launch);
        nodes.forEach(GatewayNode::awaitReady);
        shops.forEach(shop -> shop.awaitConnected(nodes.size()));
    }

    /** So many in short, so many in full. */
    int of(int inShort, int inFull) {
        return full ? inFull : inShort;
    }

    boolean isFull() {
        return full;
    }

    List<Shop> shops() {
        return List.copyOf(shops);
    }

    List<GatewayNode> nodes() {
        return List.copyOf(nodes);
    }

    Database database() {
        return cluster.database();
    }

    /** Moves the nodes' clocks and the platforms'; returns when all of them go right. */
    void clockAhead(Duration ahead) {
        // The platforms' first: a node that knows of it calls at once.
        cluster.sandbox().clock().shiftTo(ahead);
        cluster.sandbox().platform(AppPlatform.class).clock().shiftTo(ahead);
        ShiftedClock.set(clock, ahead);
        Await.pause(ShiftedClock.NOTICED_WITHIN);
    }

    @Override
    public void close() {
        shops.forEach(Shop::close);
        cluster.close();
    }
}
