package io.guanjia.trials.faults;

import io.guanjia.trials.faults.Scene.Size;
import io.guanjia.trials.process.Await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** F1: a node of two is killed at a random moment and started again, over and over. */
final class NodeKilled implements Trial {

    private static final Duration PATIENCE_OF_THE_PLATFORM = Duration.ofSeconds(5);

    @Override
    public String number() {
        return "F1";
    }

    @Override
    public String fault(Scene scene) {
        return "one of two nodes: kill -9, ×" + kills(scene);
    }

    private static int kills(Scene scene) {
        return scene.size().of(2, 20);
    }

    @Override
    public Ledger run(Scene scene) {
        var random = new Random(1);
        var blows = new ArrayList<Instant>();
        var crowd = scene.crowd("killed");
        try (crowd) {
            for (int i = 0; i < kills(scene); i++) {
                Await.pause(Duration.ofMillis(random.nextInt(1_500, 5_000)));
                var node = scene.cluster().nodes().get(random.nextInt(2));
                blows.add(scene.now());
                node.kill();
                node.start();
            }
            Await.pause(Duration.ofSeconds(2));
        }
        var ledger = scene.books(scene.quick(), number()).close(crowd.offers(), Map.of(), blows);
        return scene.size() == Size.SHORT
                        || ledger.worstAck().compareTo(PATIENCE_OF_THE_PLATFORM) < 0
                ? ledger
                : ledger.with(
                        ledger.recoveries(),
                        List.of("an acknowledgement took " + ledger.worstAck().toMillis() + " ms"));
    }
}
