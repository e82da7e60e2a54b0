package io.guanjia.trials.faults;

import io.guanjia.trials.faults.Scene.Size;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.ImmediateStop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/** F3: PostgreSQL stops at once while two agents reach for the same customers. */
final class HandoffBroken implements Trial {

    private static final Duration POOL_RECOVERS_WITHIN = Duration.ofSeconds(10);

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
        try (var agents = new Agents(scene)) {
            var crowd = scene.crowd("stopped");
            var askers = new Askers(scene, "asker");
            try (askers;
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
            agents.finish();
            var offers = new ArrayList<>(crowd.offers());
            offers.addAll(askers.offers());
            var ledger = scene.books(scene.quick(), number()).close(offers, agents.said(), blows);
            findings.addAll(agents.findings(scene.cluster().database()));
            if (scene.size() == Size.FULL
                    && ledger.recoveryMax().compareTo(POOL_RECOVERS_WITHIN) > 0) {
                findings.add("recovery took " + ledger.recoveryMax().toMillis() + " ms");
            }
            return ledger.with(ledger.recoveries(), findings);
        }
    }
}
