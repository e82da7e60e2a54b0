package io.guanjia.adapters.sms.cmpp;

import io.guanjia.adapters.sms.cmpp.SharedParts.Known;
import io.guanjia.cmpp.protocol.MsgId;
import io.guanjia.gateway.message.Receipt.Outcome;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes one verdict of the reports on a message's parts: delivered when all are, failed as soon as
 * one is.
 *
 * <p>It knows the latest messages of several parts that this node sent, and asks the other nodes'
 * memory for the rest. A report on a part that nobody remembers stands for itself; that of the last
 * part then speaks for the message, which has its name. Safe for use by several threads.
 */
final class PartReports {

    /** Some 20 MB at the very most. */
    private static final int MOST_PARTS = 100_000;

    private final SharedParts shared;
    private final Map<Long, Whole> byPart =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Whole> eldest) {
                    return size() > MOST_PARTS;
                }
            };
    private final Map<String, List<Expected>> expected = new HashMap<>();

    PartReports(SharedParts shared) {
        this.shared = shared;
    }

    /**
     * What a report means for the message.
     *
     * @param platformId the message's
     * @param outcome null while there is nothing to say of the whole
     */
    record Verdict(String platformId, @Nullable Outcome outcome) {}

    private static final class Whole {
        private final Known known;
        private final Set<Long> missing;

        Whole(Known known, List<Long> parts) {
            this.known = known;
            this.missing = new HashSet<>(parts);
        }
    }

    /** A message of several parts goes out to that phone. To be closed however that ends. */
    synchronized Expected expect(String phone) {
        var one = new Expected(phone);
        expected.computeIfAbsent(phone, _ -> new ArrayList<>()).add(one);
        return one;
    }

    /** Reports that come for a phone while the ids of its message's parts are not all known. */
    final class Expected {
        private final String phone;
        private final List<Runnable> held = new ArrayList<>();

        private Expected(String phone) {
            this.phone = phone;
        }

        /**
         * Completes when the other nodes can know as well; one that cannot be told is no failure.
         */
        Mono<Void> are(String platformId, List<Long> parts) {
            synchronized (PartReports.this) {
                var whole = new Whole(new Known(platformId, parts.size()), parts);
                parts.forEach(part -> byPart.put(part, whole));
            }
            return shared.remember(platformId, parts).onErrorComplete();
        }

        /** Lets go of what was held. */
        void close() {
            synchronized (PartReports.this) {
                var all = expected.get(phone);
                if (all != null && all.remove(this) && all.isEmpty()) {
                    expected.remove(phone);
                }
            }
            held.forEach(Runnable::run);
        }
    }

    /**
     * Holds a report back if it may be on a part whose id is not known yet.
     *
     * @param again reads it once more
     */
    synchronized boolean holds(long part, String phone, Runnable again) {
        var all = expected.get(phone);
        if (all == null || byPart.containsKey(part)) {
            return false;
        }
        all.getFirst().held.add(again);
        return true;
    }

    /** Takes a report. Repeating one changes nothing. */
    Mono<Verdict> take(long part, Outcome outcome) {
        var here = takeHere(part, outcome);
        if (here == null) {
            var alone = new Verdict(MsgId.text(part), outcome);
            return shared.find(part)
                    .flatMap(known -> takeThere(known, part, outcome))
                    .defaultIfEmpty(alone)
                    .onErrorReturn(alone);
        }
        var ends = new Verdict(here.known.message(), outcome);
        if (outcome == Outcome.FAILED || isComplete(here)) {
            return Mono.just(ends);
        }
        return takeThere(here.known, part, outcome)
                .onErrorReturn(new Verdict(here.known.message(), null));
    }

    /** The other parts' reports may have gone to other nodes. */
    private Mono<Verdict> takeThere(Known known, long part, Outcome outcome) {
        return outcome == Outcome.FAILED
                ? Mono.just(new Verdict(known.message(), outcome))
                : shared.delivered(known, part)
                        .map(all -> new Verdict(known.message(), all ? outcome : null));
    }

    private synchronized @Nullable Whole takeHere(long part, Outcome outcome) {
        var whole = byPart.get(part);
        // A part that failed stays missing, so the whole is never complete.
        if (whole != null && outcome != Outcome.FAILED) {
            whole.missing.remove(part);
        }
        return whole;
    }

    private synchronized boolean isComplete(Whole whole) {
        return whole.missing.isEmpty();
    }
}
