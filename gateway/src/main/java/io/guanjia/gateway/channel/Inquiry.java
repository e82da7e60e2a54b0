package io.guanjia.gateway.channel;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Something only a platform knows, asked when somebody looks, but not for every look: once in ten
 * minutes, and once a minute while it does not answer. What it said is forgotten after an hour.
 * Safe for use by several threads.
 *
 * @param <T> what it answers
 */
public final class Inquiry<T> {

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private static final Duration WORTH_KNOWING = Duration.ofHours(1);

    /** Whoever looks at all accounts waits for the slowest. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Scheduler timer;
    private final Mono<T> answer;
    private volatile @Nullable Known<T> known;

    private record Known<T>(T value, Instant since) {}

    /**
     * @param ask asks the platform
     * @param timer tells how old an answer is
     */
    public Inquiry(Supplier<Mono<T>> ask, Scheduler timer) {
        this.timer = timer;
        this.answer =
                Mono.defer(ask)
                        .map(this::remembered)
                        .cache(value -> KEPT, failure -> AFTER_FAILURE, () -> KEPT, timer);
    }

    /**
     * What the platform says, or said before if it takes longer than half a second now; then the
     * next look may find what it says. Empty while it has never said anything. Does not fail.
     */
    public Mono<T> look() {
        return answer.timeout(PATIENCE, timer)
                .onErrorComplete()
                .switchIfEmpty(Mono.defer(this::before));
    }

    private Mono<T> before() {
        var last = known;
        return last == null || last.since.plus(WORTH_KNOWING).isBefore(now())
                ? Mono.empty()
                : Mono.just(last.value);
    }

    private T remembered(T value) {
        known = new Known<>(value, now());
        return value;
    }

    private Instant now() {
        return Instant.ofEpochMilli(timer.now(TimeUnit.MILLISECONDS));
    }
}
