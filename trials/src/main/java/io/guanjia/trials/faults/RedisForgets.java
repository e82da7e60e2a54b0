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
 * comes twice and agents at both nodes serve who asks for a person. It may make things slower and
 * nothing else: nobody has to sign in again, no socket ends, and each shows everything.
 */
final class RedisForgets implements Trial {

    @Override
    public String number() {
        return "F4";
    }

    @Override
    public String fault(Scene scene) {
        return "Redis: FLUSHALL, kill -9, CLIENT PAUSE %d s, in mid-handoff, with 20 %% of callbacks doubled"
                .formatted(pause(scene).toSeconds());
    }

    private static Duration pause(Scene scene) {
        return Duration.ofSeconds(scene.size().of(3, 10));
    }

    @Override
    public Ledger run(Scene scene) {
        var redis = scene.cluster().servers().redis();
        var between = Duration.ofSeconds(scene.size().of(2, 8));
        var doubled = Fault.sometimes(0.2, Fault.CALLBACKS, new Effect.Duplicate(1, List.of()));
        var inResponses = scene.quick().faults().add(doubled);
        var pushed = scene.pushing().faults().add(doubled);
        var blows = new ArrayList<Instant>();
        try (var agents = new Agents(scene)) {
            var askers = new Askers(scene, "forgotten-asker");
            var answered = scene.crowd(scene.quick(), "forgotten");
            var written = scene.crowd(scene.pushing(), "forgotten");
            try (askers;
                    answered;
                    written) {
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
                scene.quick().faults().remove(inResponses.id());
                scene.pushing().faults().remove(pushed.id());
            }
            agents.finish();
            var offers = new ArrayList<>(answered.offers());
            offers.addAll(askers.offers());
            var ledger =
                    scene.books(scene.quick(), number())
                            .close(offers, agents.said(), blows)
                            .and(
                                    scene.books(scene.pushing(), number())
                                            .close(written.offers(), Map.of(), blows));
            var findings = agents.findings(scene.cluster().database());
            findings.addAll(agents.cutOff());
            return ledger.with(ledger.recoveries(), findings);
        }
    }
}
