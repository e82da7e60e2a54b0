package io.guanjia.trials.faults;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.trials.process.Await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * F4: Redis forgets everything, dies, comes back, and holds its breath, while one in five callbacks
 * comes twice. It may make things slower and nothing else.
 */
final class RedisForgets implements Trial {

    @Override
    public String number() {
        return "F4";
    }

    @Override
    public String fault(Scene scene) {
        return "Redis: FLUSHALL, kill -9, CLIENT PAUSE %d s, with 20 %% of callbacks doubled"
                .formatted(pause(scene).toSeconds());
    }

    private static Duration pause(Scene scene) {
        return Duration.ofSeconds(scene.size().of(3, 10));
    }

    @Override
    public Ledger run(Scene scene) {
        var redis = scene.cluster().servers().redis();
        var faults = scene.pushing().faults();
        var between = Duration.ofSeconds(scene.size().of(2, 8));
        var doubled =
                faults.add(
                        Fault.sometimes(0.2, Fault.CALLBACKS, new Effect.Duplicate(1, List.of())));
        var blows = new ArrayList<Instant>();
        var crowd = scene.crowd(scene.pushing(), "forgotten");
        try (crowd) {
            Await.pause(between);
            blows.add(scene.now());
            RedisWire.say(redis, "FLUSHALL");
            Await.pause(between);
            blows.add(scene.now());
            redis.kill();
            Await.pause(between);
            redis.start();
            Await.pause(between);
            blows.add(scene.now());
            RedisWire.say(redis, "CLIENT PAUSE " + pause(scene).toMillis());
            Await.pause(pause(scene).plus(between));
        } finally {
            faults.remove(doubled.id());
        }
        return scene.books(scene.pushing(), number()).close(crowd.offers(), Map.of(), blows);
    }
}
