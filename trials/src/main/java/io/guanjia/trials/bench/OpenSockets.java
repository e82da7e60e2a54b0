package io.guanjia.trials.bench;

import io.guanjia.trials.caller.Caller;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.Cluster;
import io.guanjia.trials.process.DeskClient;
import io.guanjia.trials.process.FreePort;
import io.guanjia.trials.process.GatewayNode;
import io.guanjia.trials.process.JavaCommand;
import io.guanjia.trials.process.Program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** B7, C3: what one more open socket costs, as the slope of the live heap over their number. */
final class OpenSockets {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BEFORE_THE_FIRST = 100;

    private final Cluster cluster;
    private final List<Integer> steps;
    private final Map<String, String> nodeSettings;
    private final AtomicLong customers = new AtomicLong();

    OpenSockets(Cluster cluster, int most, Map<String, String> nodeSettings) {
        this.cluster = cluster;
        this.nodeSettings = nodeSettings;
        this.steps = List.of(Math.min(1_000, most / 4), Math.min(5_000, most / 2), most);
    }

    /**
     * What came out.
     *
     * @param heap live bytes by open sockets
     * @param perClass bytes that each further socket adds, by class, the largest first
     * @param residentSlope bytes that each further socket adds to the whole process
     */
    record Measured(Map<Integer, Long> heap, Map<String, Double> perClass, double residentSlope) {

        /** Bytes of live heap that each further socket costs, by least squares. */
        double slope() {
            return Slope.of(heap);
        }
    }

    /** The slope of each round. */
    static Samples slopes(List<Measured> rounds) {
        var slopes = new Samples();
        rounds.forEach(round -> slopes.add(round.slope()));
        return slopes;
    }

    /** Of the desk, each socket signed in with a ticket of its own. */
    Measured desk(String username, String password) {
        var node = cluster.node("sockets", Contenders.FLAGS, nodeSettings);
        node.start();
        try {
            var desk = DeskClient.signIn(node.address(), username, password);
            var authority = node.address().getAuthority();
            return measure(
                    "desk",
                    node.pid(),
                    () -> {
                        try {
                            return "ws://%s/api/v1/desk/socket?ticket=%s"
                                    .formatted(authority, desk.ticket());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    _ -> {});
        } finally {
            node.kill();
        }
    }

    /**
     * Of the company's app, each of another customer, also from one call to the next: whoever comes
     * back finds what was written to them meanwhile.
     *
     * @param then what to do with the clients while all are connected
     */
    Measured app(BiConsumer<GatewayNode, Program> then) {
        var caller = Caller.app();
        var node = cluster.node("app-sockets", Contenders.FLAGS, nodeSettings);
        node.start();
        try {
            var address =
                    "ws://%s/app/v1/socket?account=%s"
                            .formatted(node.address().getAuthority(), Caller.ACCOUNT);
            return measure(
                    "app",
                    node.pid(),
                    () ->
                            "%s guanjia.v1,bearer.%s"
                                    .formatted(
                                            address,
                                            caller.token(
                                                    caller.customer(customers.getAndIncrement()),
                                                    Instant.now())),
                    clients -> then.accept(node, clients));
        } finally {
            node.kill();
        }
    }

    /** Of Netty alone. */
    Measured bare() {
        var port = FreePort.choose();
        var server =
                cluster.programs()
                        .start(
                                "bare-sockets",
                                JavaCommand.of(BareSockets.class)
                                        .flags(Contenders.FLAGS.toArray(String[]::new))
                                        .arguments(Integer.toString(port))
                                        .words());
        try {
            return measure("bare", server.pid(), () -> "ws://127.0.0.1:" + port + "/", _ -> {});
        } finally {
            server.kill();
        }
    }

    private Measured measure(
            String name, long pid, Supplier<String> address, Consumer<Program> then) {
        var clients =
                cluster.programs()
                        .startTalking(
                                "clients-" + name,
                                JavaCommand.of(SocketClients.class).flags("-Xmx1g").words());
        try {
            // The first few load classes and fill pools.
            open(clients, BEFORE_THE_FIRST, address);
            var heaps = new LinkedHashMap<Integer, LiveHeap>();
            for (var step : steps) {
                open(clients, step, address);
                heaps.put(step, LiveHeap.of(pid));
            }
            then.accept(clients);
            return measured(heaps);
        } finally {
            clients.kill();
        }
    }

    private static void open(Program clients, int wanted, Supplier<String> address) {
        Await.until(
                PATIENCE.multipliedBy(20),
                () -> {
                    var missing = wanted - Integer.parseInt(clients.ask("count"));
                    for (int i = 0; i < missing; i++) {
                        if (!clients.ask(address.get()).equals("open")) {
                            return false;
                        }
                    }
                    return Integer.parseInt(clients.ask("count")) == wanted;
                },
                () -> "only " + clients.ask("count") + " of " + wanted + " sockets are open");
    }

    private static Measured measured(Map<Integer, LiveHeap> heaps) {
        var total = new TreeMap<Integer, Long>();
        var resident = new TreeMap<Integer, Long>();
        heaps.forEach((sockets, heap) -> total.put(sockets, heap.bytes()));
        heaps.forEach((sockets, heap) -> resident.put(sockets, heap.residentBytes()));
        var first = Objects.requireNonNull(heaps.get(total.firstKey()));
        var last = Objects.requireNonNull(heaps.get(total.lastKey()));
        var more = total.lastKey() - total.firstKey();
        var perClass = new LinkedHashMap<String, Double>();
        var names = new ArrayList<>(last.bytesByClass().keySet());
        names.sort(Comparator.comparingDouble(name -> -added(first, last, name)));
        names.stream()
                .limit(15)
                .forEach(name -> perClass.put(name, added(first, last, name) / more));
        return new Measured(total, perClass, Slope.of(resident));
    }

    private static double added(LiveHeap first, LiveHeap last, String name) {
        return last.bytesByClass().getOrDefault(name, 0L)
                - first.bytesByClass().getOrDefault(name, 0L);
    }
}
