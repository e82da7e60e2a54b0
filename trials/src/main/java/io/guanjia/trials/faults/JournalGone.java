package io.guanjia.trials.faults;

import io.guanjia.trials.process.Await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** F5: Kafka is killed and stays away; the nodes go on taking messages and keep them on disk. */
final class JournalGone implements Trial {

    @Override
    public String number() {
        return "F5";
    }

    @Override
    public String fault(Scene scene) {
        return "Kafka: kill -9, out for " + out(scene).toSeconds() + " s";
    }

    private static Duration out(Scene scene) {
        return Duration.ofSeconds(scene.size().of(8, 60));
    }

    @Override
    public Ledger run(Scene scene) {
        var kafka = scene.cluster().servers().kafka();
        var findings = new ArrayList<String>();
        var crowd = scene.crowd("spooled");
        var back = scene.now();
        try (crowd) {
            Await.pause(Duration.ofSeconds(3));
            kafka.kill();
            Await.pause(out(scene));
            if (scene.cluster().nodes().stream().noneMatch(node -> spools(node.address()))) {
                findings.add("no node wrote to its spool");
            }
            kafka.start();
            back = scene.now();
            Await.pause(Duration.ofSeconds(4));
        }
        var ledger =
                scene.books(scene.quick(), number()).close(crowd.offers(), Map.of(), List.of(back));
        for (var node : scene.cluster().nodes()) {
            if (!Await.within(Duration.ofSeconds(20), () -> !spools(node.address()))) {
                findings.add(node.name() + " still spools");
            }
        }
        return ledger.with(ledger.recoveries(), findings);
    }

    private static boolean spools(URI node) {
        return Metrics.of(node).value("guanjia_journal_spooling") > 0;
    }
}
