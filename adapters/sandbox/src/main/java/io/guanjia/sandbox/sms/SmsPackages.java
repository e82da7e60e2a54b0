package io.guanjia.sandbox.sms;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The packages that an account pays its messages from, the oldest first. Who never bought one pays
 * afterwards. Safe for use by several threads.
 */
final class SmsPackages {

    /** A choice: the documents name no number. */
    private static final Duration LIFE = Duration.ofDays(2 * 365);

    private static final long FIRST_ID = 1_000_000_001L;

    private final Clock clock;
    private final List<SmsPackage> bought = new ArrayList<>();

    SmsPackages(Clock clock) {
        this.clock = clock;
    }

    synchronized void buy(long amount, long used) {
        var now = clock.instant();
        bought.add(new SmsPackage(FIRST_ID + bought.size(), amount, used, now, now.plus(LIFE)));
    }

    synchronized List<SmsPackage> boughtBetween(Instant begin, Instant end) {
        return bought.stream()
                .filter(one -> !one.bought().isBefore(begin) && one.bought().isBefore(end))
                .toList();
    }

    /** Whether the next message would not be paid for. */
    synchronized boolean areUsedUp() {
        var now = clock.instant();
        return !bought.isEmpty()
                && bought.stream().noneMatch(one -> one.isGood(now) && one.used() < one.amount());
    }

    /** Pays; what the last message needs beyond the rest is given. */
    synchronized void spend(int messages) {
        var now = clock.instant();
        long due = messages;
        for (int i = 0; i < bought.size() && due > 0; i++) {
            var one = bought.get(i);
            if (one.isGood(now)) {
                var paid = Math.min(due, one.amount() - one.used());
                bought.set(i, one.with(one.used() + paid));
                due -= paid;
            }
        }
    }

    synchronized void clear() {
        bought.clear();
    }
}
