package io.guanjia.gateway.outbound;

import io.github.bucket4j.Bucket;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the pace of this node alone. */
final class LocalPace implements Pace {

    private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();

    @Override
    public Mono<Grant> take(Way way, double perSecond, int wanted) {
        return Mono.fromSupplier(
                () -> {
                    var bucket = bucket(way, perSecond);
                    var granted = bucket.tryConsumeAsMuchAsPossible(wanted);
                    var wait =
                            granted > 0
                                    ? 0
                                    : bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
                    return new Grant((int) granted, Duration.ofNanos(wait));
                });
    }

    @Override
    public Mono<Void> settle(Way way, double perSecond, int more) {
        return Mono.fromRunnable(
                () -> {
                    var bucket = bucket(way, perSecond);
                    if (more > 0) {
                        bucket.consumeIgnoringRateLimits(more);
                    } else if (more < 0) {
                        bucket.addTokens(-more);
                    }
                });
    }

    private Bucket bucket(Way way, double perSecond) {
        return buckets.computeIfAbsent(new Key(way, perSecond), key -> bucket(perSecond));
    }

    private static Bucket bucket(double perSecond) {
        return Bucket.builder()
                .addLimit(
                        limit ->
                                limit.capacity(Pace.burst(perSecond))
                                        .refillGreedy(
                                                1, Duration.ofNanos((long) (1e9 / perSecond))))
                .build();
    }

    /** The rate is part of it: a changed setting starts a new bucket. */
    private record Key(Way way, double perSecond) {}
}
