package io.guanjia.trials.faults;

import io.guanjia.trials.faults.Scene.Size;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.ImmediateStop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** F3: PostgreSQL stops at once while two agents reach for the same customers. */
final class HandoffBroken implements Trial {

    private static final Duration POOL_RECOVERS_WITHIN = Duration.ofSeconds(10);
    private static final int ASKERS = 6;

    @Override
    public String number() {
        return "F3";
    }

    @Override
    public String fault(Scene scene) {
        return "PostgreSQL: stop -m immediate in mid-handoff, ×" + stops(scene);
    }

    private static int stops(Scene scene) {
        return scene.size().of(1, 10);
    }

    @Override
    public Ledger run(Scene scene) {
        var postgres = scene.cluster().servers().postgres();
        var data = scene.cluster().postgresData();
        var blows = new ArrayList<Instant>();
        var findings = new ArrayList<String>();
        var crowd = scene.crowd("stopped");
        var agents = new Agents(scene);
        var askers = new Askers(scene);
        try (agents;
                askers;
                crowd) {
            for (int i = 0; i < stops(scene); i++) {
                Await.pause(Duration.ofSeconds(4));
                ImmediateStop.of(postgres, data);
                Await.pause(Duration.ofSeconds(1));
                postgres.start();
                blows.add(scene.now());
            }
            Await.pause(Duration.ofSeconds(4));
        }
        var offers = new ArrayList<>(crowd.offers());
        offers.addAll(askers.offers());
        var ledger = scene.books(scene.quick(), number()).close(offers, agents.said(), blows);
        if (agents.said().isEmpty()) {
            findings.add("no agent ever said anything");
        }
        if (agents.doubleAssignments() > 0) {
            findings.add(agents.doubleAssignments() + " conversations were given to both agents");
        }
        if (scene.size() == Size.FULL && ledger.recoveryMax().compareTo(POOL_RECOVERS_WITHIN) > 0) {
            findings.add("recovery took " + ledger.recoveryMax().toMillis() + " ms");
        }
        return ledger.with(ledger.recoveries(), findings);
    }

    /** Customers who ask for a person, and ask again once they were served. */
    private static final class Askers implements AutoCloseable {

        private final Scene scene;
        private final Queue<Offer> offers = new ConcurrentLinkedQueue<>();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean open = true;

        Askers(Scene scene) {
            this.scene = scene;
            for (int i = 0; i < ASKERS; i++) {
                var place = i;
                threads.add(Thread.startVirtualThread(() -> keepAsking(place)));
            }
        }

        private void keepAsking(int place) {
            for (int visit = 0; open; visit++) {
                var customer = scene.quick().customer("asker-%d-%d".formatted(place, visit));
                offers.add(Crowd.offered(customer.says("转人工"), null));
                Await.within(
                        Duration.ofSeconds(30),
                        () ->
                                !open
                                        || customer.reads().stream()
                                                .anyMatch(words -> words.startsWith("坐席答复")));
            }
        }

        List<Offer> offers() {
            return List.copyOf(offers);
        }

        @Override
        public void close() {
            open = false;
            threads.forEach(Threads::join);
        }
    }
}
