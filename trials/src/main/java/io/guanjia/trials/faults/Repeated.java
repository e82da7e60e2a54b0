package io.guanjia.trials.faults;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.trials.caller.Caller.Said;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.Cluster.Account;
import io.guanjia.trials.process.GatewayNode;
import io.guanjia.trials.process.Http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * F10: every callback comes three times, at both nodes; and again after an hour and after a day,
 * when all caches have forgotten it and the nodes were started anew. Whether the answer goes in the
 * response or follows by itself, the customer reads it once.
 */
final class Repeated implements Trial {

    private static final String NUMBER = "F10";
    private static final Set<String> BARE = Set.of("", "success");

    @Override
    public String number() {
        return NUMBER;
    }

    @Override
    public String fault(Scene scene) {
        return "callbacks ×3 at both nodes; replayed after 1 h and 1 day, nodes restarted between";
    }

    @Override
    public Ledger run(Scene scene) {
        var findings = new ArrayList<String>();
        var offers = thrice(scene);
        close(scene, offers);
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
            var ledger = close(scene, offers);
            return ledger.with(ledger.recoveries(), findings);
        } finally {
            scene.clockAhead(Duration.ZERO);
        }
    }

    private static Ledger close(Scene scene, Map<WechatAccount, List<Offer>> offers) {
        return offers.entrySet().stream()
                .map(
                        some ->
                                scene.books(some.getKey(), NUMBER)
                                        .close(some.getValue(), Map.of(), List.of()))
                .reduce(Ledger::and)
                .orElseThrow();
    }

    /** Offers whose every callback came three times. */
    static Map<WechatAccount, List<Offer>> thrice(Scene scene) {
        var offers = new LinkedHashMap<WechatAccount, List<Offer>>();
        for (var account : scene.accounts()) {
            offers.put(account, thrice(scene, account));
        }
        return offers;
    }

    private static List<Offer> thrice(Scene scene, WechatAccount account) {
        var path = scene.settings(account).path();
        var nodes =
                scene.cluster().nodes().stream()
                        .map(node -> node.address().resolve(path))
                        .toArray(URI[]::new);
        var faults = account.faults();
        var fault =
                faults.add(Fault.always(Fault.CALLBACKS, new Effect.Duplicate(2, List.of(nodes))));
        var crowd = scene.crowd(account, "thrice");
        try (crowd) {
            Await.pause(Duration.ofSeconds(scene.size().of(3, 15)));
        } finally {
            faults.remove(fault.id());
        }
        return crowd.offers();
    }

    /**
     * Sends all of it again to either node; returns how many were answered with more than thanks.
     */
    private static long replay(Scene scene, Map<WechatAccount, List<Offer>> offers) {
        return offers.entrySet().stream()
                .mapToLong(some -> replay(scene, scene.settings(some.getKey()), some.getValue()))
                .sum();
    }

    private static long replay(Scene scene, Account account, List<Offer> offers) {
        var nodes = scene.cluster().nodes();
        return offers.parallelStream()
                .filter(
                        offer -> {
                            var node = nodes.get(Math.floorMod(offer.hashCode(), nodes.size()));
                            return !BARE.contains(replay(scene, account, node, offer));
                        })
                .count();
    }

    private static String replay(Scene scene, Account account, GatewayNode node, Offer offer) {
        var words = Questions.questionOf(offer.answer());
        var callback =
                account.caller()
                        .call(
                                new Said(
                                        offer.openid(),
                                        Long.parseLong(offer.msgId()),
                                        words,
                                        offer.at()),
                                scene.now());
        var address = node.address().resolve(account.path() + "?" + callback.query());
        try {
            var answer = Http.post(address, callback.body());
            return answer.statusCode() == 200 ? answer.body() : "status " + answer.statusCode();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
