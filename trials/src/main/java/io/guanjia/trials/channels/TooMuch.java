package io.guanjia.trials.channels;

import io.guanjia.trials.faults.Ledger;
import io.guanjia.trials.process.Await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * F7: each platform says in its own words that it was too much, in each of its ways; and once it
 * says nothing and loses a message. After a limit is known there is at most one call for as long as
 * the platform is given a rest; when the limit is over, everything goes out, or it has ended with a
 * reason. The platforms refuse side by side: they have nothing to do with one another.
 */
public final class TooMuch implements ChannelTrial {

    /** Calls that had begun before word of the first refusal can have come. */
    private static final Duration UNDER_WAY = Duration.ofMillis(500);

    /** For how long calls are counted that should not come. */
    static final Duration SILENCE = Duration.ofSeconds(4);

    @Override
    public String number() {
        return "F7";
    }

    @Override
    public String fault(Street street) {
        return "the platform says in its own words that it was too much, and drops one silently";
    }

    @Override
    public Map<String, Ledger> run(Street street) {
        var all = street.shops().stream().map(shop -> new Limited(street, shop)).toList();
        try {
            var ahead = Duration.ZERO;
            for (int round = 0; round < rounds(all); round++) {
                ahead = ahead.plus(refused(street, all, round, ahead));
            }
            all.forEach(Limited::loseOne);
            Await.pause(SILENCE);
            all.forEach(Limited::countLost);
            all.forEach(Limited::allEnd);
            Await.pause(Talk.AFTERWARDS);
            var ledgers = new LinkedHashMap<String, Ledger>();
            all.forEach(one -> ledgers.put(one.channel(), one.books()));
            return ledgers;
        } finally {
            street.shops().forEach(shop -> shop.faults().clear());
            street.clockAhead(Duration.ZERO);
        }
    }

    private static int rounds(List<Limited> all) {
        return all.stream().mapToInt(Limited::rounds).max().orElse(0);
    }

    /** Returns by how much the clocks went ahead. */
    private static Duration refused(Street street, List<Limited> all, int round, Duration ahead) {
        var some = all.stream().filter(one -> round < one.rounds()).toList();
        some.forEach(one -> one.begin(round));
        Await.pause(UNDER_WAY);
        some.forEach(Limited::known);
        Await.pause(SILENCE);
        some.forEach(Limited::countLate);
        var over =
                some.stream()
                        .map(Limited::rest)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO)
                        .plusSeconds(1);
        some.stream().filter(one -> !one.triesOften()).forEach(Limited::over);
        street.clockAhead(ahead.plus(over));
        some.stream().filter(Limited::triesOften).forEach(Limited::over);
        some.forEach(Limited::goOn);
        some.forEach(Limited::end);
        return over;
    }
}
