package io.guanjia.trials.faults;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.Forge;
import io.guanjia.trials.process.GatewayNode;
import io.guanjia.trials.process.Http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * F10: every callback comes three times, at both nodes; and again after an hour and after a day,
 * when all caches have forgotten it and the nodes were started anew.
 */
final class Repeated implements Trial {

    private static final Set<String> BARE = Set.of("", "success");

    @Override
    public String number() {
        return "F10";
    }

    @Override
    public String fault(Scene scene) {
        return "callbacks ×3 at both nodes; replayed after 1 h and 1 day, nodes restarted between";
    }

    @Override
    public Ledger run(Scene scene) {
        var findings = new ArrayList<String>();
        var offers = thrice(scene);
        var books = scene.books(scene.pushing(), number());
        books.close(offers, Map.of(), List.of());
        try {
            for (var after : List.of(Duration.ofHours(1), Duration.ofDays(1))) {
                scene.cluster().nodes().forEach(GatewayNode::stop);
                scene.clockAhead(after);
                scene.cluster().startNodes();
                var answered = replay(scene, offers);
                if (answered > 0) {
                    findings.add(answered + " replays were answered again after " + after);
                }
            }
            var ledger = books.close(offers, Map.of(), List.of());
            return ledger.with(ledger.recoveries(), findings);
        } finally {
            scene.clockAhead(Duration.ZERO);
        }
    }

    /** Offers whose every callback came three times. */
    static List<Offer> thrice(Scene scene) {
        var nodes =
                scene.cluster().nodes().stream()
                        .map(node -> node.address().resolve(scene.pushingAccount().path()))
                        .toArray(URI[]::new);
        var faults = scene.pushing().faults();
        var fault =
                faults.add(Fault.always(Fault.CALLBACKS, new Effect.Duplicate(2, List.of(nodes))));
        var crowd = scene.crowd(scene.pushing(), "thrice");
        try (crowd) {
            Await.pause(Duration.ofSeconds(scene.size().of(3, 20)));
        } finally {
            faults.remove(fault.id());
        }
        return crowd.offers();
    }

    /**
     * Sends all of it again to either node; returns how many were answered with more than thanks.
     */
    private static long replay(Scene scene, List<Offer> offers) {
        var forge = new Forge(scene.pushingAccount().credentials());
        var nodes = scene.cluster().nodes();
        return offers.parallelStream()
                .filter(
                        offer -> {
                            var node = nodes.get(Math.floorMod(offer.hashCode(), nodes.size()));
                            return !BARE.contains(replay(scene, forge, node, offer));
                        })
                .count();
    }

    private static String replay(Scene scene, Forge forge, GatewayNode node, Offer offer) {
        var words = Questions.questionOf(offer.answer());
        var callback =
                forge.text(
                        offer.openid(),
                        Long.parseLong(offer.msgId()),
                        words,
                        offer.at(),
                        scene.now());
        var address =
                node.address().resolve(scene.pushingAccount().path() + "?" + callback.query());
        try {
            var answer = Http.post(address, callback.body());
            return answer.statusCode() == 200 ? answer.body() : "status " + answer.statusCode();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
