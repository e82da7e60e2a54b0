package io.guanjia.trials.faults;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Compares what was offered with what came of it. Knows nothing of how the gateway works. */
public final class Checker {

    private Checker() {}

    public static Ledger check(Observation all) {
        var byCustomer = new LinkedHashMap<String, List<Offer>>();
        for (var offer : all.offers()) {
            byCustomer.computeIfAbsent(offer.openid(), _ -> new ArrayList<>()).add(offer);
        }
        var total = new Totals();
        byCustomer.forEach((openid, offers) -> customer(openid, offers, all, total));
        return new Ledger(
                all.offers().size(),
                all.offers().stream().mapToLong(Offer::tries).sum(),
                all.offers().stream().filter(Offer::acknowledged).count(),
                total.effects,
                total.answers,
                total.duplicates,
                total.lost,
                total.unacked,
                total.reordered,
                all.doubleAssignments(),
                total.ambiguous,
                List.of(),
                all.offers().stream()
                        .map(Offer::acknowledgedAfter)
                        .filter(Objects::nonNull)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO),
                List.of());
    }

    private static final class Totals {
        private long effects;
        private long answers;
        private long duplicates;
        private long lost;
        private long unacked;
        private long reordered;
        private long ambiguous;
    }

    private static void customer(String openid, List<Offer> offers, Observation all, Totals total) {
        var offered = offers.stream().map(Offer::msgId).toList();
        var promised =
                Stream.concat(
                                offers.stream().map(Offer::answer).filter(Objects::nonNull),
                                all.said(openid).stream())
                        .toList();
        var kept = all.kept(openid).stream().filter(offered::contains).toList();
        var seen = all.seen(openid).stream().filter(promised::contains).toList();
        total.effects += distinct(kept);
        total.answers += distinct(seen);
        total.duplicates += kept.size() - distinct(kept) + seen.size() - distinct(seen);
        total.ambiguous += all.ambiguous(openid).size();
        for (var offer : offers) {
            var durable = kept.contains(offer.msgId());
            if (offer.acknowledged()) {
                total.lost += durable && arrived(offer.answer(), openid, all) ? 0 : 1;
            } else if (durable) {
                total.unacked++;
            }
        }
        for (var words : all.said(openid)) {
            total.lost += arrived(words, openid, all) ? 0 : 1;
        }
        var answers = offers.stream().map(Offer::answer).filter(Objects::nonNull).toList();
        var seenAnswers = seen.stream().filter(answers::contains).toList();
        if (!inOrder(kept, offered) || !inOrder(seenAnswers, answers)) {
            total.reordered++;
        }
    }

    private static boolean arrived(@Nullable String words, String openid, Observation all) {
        return words == null
                || all.seen(openid).contains(words)
                || all.ambiguous(openid).contains(words);
    }

    private static long distinct(List<String> all) {
        return all.stream().distinct().count();
    }

    /** Whether what came, repeats aside, stands in the order in which it should have come. */
    private static boolean inOrder(List<String> came, List<String> order) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            places.putIfAbsent(order.get(i), i);
        }
        var actual = came.stream().distinct().map(places::get).toList();
        var sorted = new ArrayList<>(actual);
        Collections.sort(sorted);
        return actual.equals(sorted);
    }
}
