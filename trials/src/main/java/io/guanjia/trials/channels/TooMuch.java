package io.guanjia.trials.channels;

import io.guanjia.sandbox.fault.Fault;
import io.guanjia.trials.faults.Ledger;
import io.guanjia.trials.process.Await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * F7: each platform says in its own words that it was too much. Once that is known, a node calls at
 * most once for as long as it gives the platform a rest; and when the limit is over, everything
 * goes out.
 */
public final class TooMuch implements ChannelTrial {

    private static final int CUSTOMERS = 6;

    /** Calls that had begun before word of the first refusal can have come. */
    private static final Duration UNDER_WAY = Duration.ofMillis(500);

    /** For how long calls are counted that should not come. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    /** All limits are over by then: Weibo counts by the hour. */
    private static final Duration OVER = Duration.ofMinutes(61);

    private static final Duration ALL_SENT_WITHIN = Duration.ofSeconds(90);

    @Override
    public String number() {
        return "F7";
    }

    @Override
    public String fault(Street street) {
        return "the platform says in its own words that it was too much";
    }

    @Override
    public Map<String, Ledger> run(Street street) {
        var talks = new LinkedHashMap<Shop, Talk>();
        var findings = new LinkedHashMap<Shop, List<String>>();
        try {
            for (var shop : street.shops()) {
                var talk = new Talk(shop, street.database(), "too-much");
                var found = new ArrayList<String>();
                talks.put(shop, talk);
                findings.put(shop, found);
                var fault = shop.faults().add(Fault.always(shop.sending(), shop.limit().refusal()));
                refused(street, shop, talk, found);
                shop.faults().remove(fault.id());
            }
            street.clockAhead(OVER);
            Await.within(ALL_SENT_WITHIN, () -> street.nothingWaits(null));
            // By another clock than the company's, its customers cannot sign in.
            street.clockAhead(Duration.ZERO);
            var ledgers = new LinkedHashMap<String, Ledger>();
            talks.forEach(
                    (shop, talk) -> {
                        var ledger = talk.close();
                        ledgers.put(
                                shop.channel(),
                                ledger.with(
                                        ledger.recoveries(),
                                        findings.getOrDefault(shop, List.of())));
                    });
            return ledgers;
        } finally {
            street.shops().forEach(shop -> shop.faults().clear());
            street.clockAhead(Duration.ZERO);
        }
    }

    private static void refused(Street street, Shop shop, Talk talk, List<String> findings) {
        var before = shop.sends();
        shop.away(true);
        talk.write(CUSTOMERS, 1);
        shop.away(false);
        if (!Await.within(Duration.ofSeconds(20), () -> shop.sends() > before)) {
            findings.add("nothing was sent, so nothing was refused");
        }
        Await.pause(UNDER_WAY);
        var known = shop.sends();
        Await.pause(SILENCE);
        var late = shop.sends() - known;
        var rests = 1 + SILENCE.dividedBy(shop.limit().rest());
        if (late > street.nodes().size() * rests) {
            findings.add("%d calls after the limit was known".formatted(late));
        }
    }
}
