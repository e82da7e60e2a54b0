package io.guanjia.gateway.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Remembers when each of the latest was, in memory. */
final class OneNodesQuotas implements SharedQuotas {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Cache<String, Counted> all =
            Caffeine.newBuilder().expireAfterAccess(LONGEST).build();
    private final Clock clock;

    OneNodesQuotas(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Mono<Duration> take(String key, int most, Duration period) {
        return Mono.fromSupplier(
                () -> all.get(key, _ -> new Counted()).take(clock.instant(), most, period));
    }

    private static final class Counted {

        private final Deque<Instant> times = new ArrayDeque<>();

        /** What seems to lie further ahead than a period was before the clock was set back. */
        synchronized Duration take(Instant now, int most, Duration period) {
            times.removeIf(at -> Duration.between(at, now).abs().compareTo(period) >= 0);
            if (times.size() < most) {
                times.addLast(now);
                return Duration.ZERO;
            }
            return Duration.between(now, times.getFirst().plus(period));
        }
    }
}
