package io.guanjia.trials.channels;

import io.guanjia.trials.faults.Ledger;
import io.guanjia.trials.process.Await;
import io.guanjia.trials.process.GatewayNode;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * F10: everything a platform brings comes three times, to both nodes; and again, in another order,
 * after an hour and after a day, when the nodes have been started anew. Whoever has to fetch what
 * customers wrote has by then forgotten how far it got.
 */
public final class BroughtAgain implements ChannelTrial {

    @Override
    public String number() {
        return "F10";
    }

    @Override
    public String fault(Street street) {
        return street.isFull()
                ? "everything ×3 at both nodes; again after 1 h and 1 day, nodes restarted between"
                : "everything ×3 at both nodes; again after 1 day, nodes restarted";
    }

    @Override
    public Map<String, Ledger> run(Street street) {
        var talks = thrice(street);
        talks.values().forEach(Talk::settle);
        try {
            for (var after : again(street)) {
                street.nodes().forEach(GatewayNode::stop);
                street.clockAhead(after);
                forgetCursors(street);
                street.startNodes();
                street.shops().forEach(Shop::bringAgain);
            }
            Await.pause(Talk.AFTERWARDS);
            var ledgers = new LinkedHashMap<String, Ledger>();
            talks.forEach((shop, talk) -> ledgers.put(shop.channel(), close(talk)));
            return ledgers;
        } finally {
            street.clockAhead(Duration.ZERO);
        }
    }

    private static Map<Shop, Talk> thrice(Street street) {
        var talks = new LinkedHashMap<Shop, Talk>();
        for (var shop : street.shops()) {
            var talk = new Talk(shop, street.database(), "thrice");
            shop.brings(3);
            talk.write(street.of(2, 8), 2);
            shop.brings(1);
            talks.put(shop, talk);
        }
        return talks;
    }

    private static void forgetCursors(Street street) {
        street.database().execute("update channel_cursor set cursor = '', read_at = null");
    }

    /**
     * The channels whose books balance although everything came three times and once more. Where
     * the nodes take no repeat for one there must be none, or these books prove nothing.
     */
    public static List<String> unnoticed(Street street, Duration patience) {
        var talks = thrice(street);
        forgetCursors(street);
        talks.keySet().forEach(Shop::bringAgain);
        Await.within(patience, () -> balanced(talks).isEmpty());
        return balanced(talks);
    }

    private static List<String> balanced(Map<Shop, Talk> talks) {
        return talks.entrySet().stream()
                .filter(one -> one.getValue().books().duplicates() == 0)
                .map(one -> one.getKey().channel())
                .toList();
    }

    private static List<Duration> again(Street street) {
        var day = Duration.ofDays(1);
        return street.isFull() ? List.of(Duration.ofHours(1), day) : List.of(day);
    }

    private static Ledger close(Talk talk) {
        talk.settle();
        var ledger = talk.books();
        var twice = talk.answeredTwice();
        return ledger.with(
                ledger.recoveries(),
                twice == 0 ? List.of() : List.of(twice + " answers were made twice"));
    }
}
