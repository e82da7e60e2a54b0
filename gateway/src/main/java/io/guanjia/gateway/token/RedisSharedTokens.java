package io.guanjia.gateway.token;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import io.guanjia.gateway.channel.SharedTokens;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Shares tokens through Redis.
 *
 * <p>Within this process all who need a token wait for one attempt to get it. Across nodes that
 * attempt takes a lock; who does not get it looks for the other's result until it is there. A token
 * is read again after a second at the latest, so that another node's new one is soon known; who was
 * faster than that has it rejected once and asks for its replacement.
 *
 * <p>While Redis does not answer, this node fetches for itself, once, and remembers.
 */
public final class RedisSharedTokens implements SharedTokens {

    private static final Logger log = LoggerFactory.getLogger(RedisSharedTokens.class);

    private static final Duration KNOWN_FOR = Duration.ofSeconds(1);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(2);
    private static final Duration FETCH = SharedStore.LOCK.minusSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int LOOKS = (int) SharedStore.LOCK.plusSeconds(1).dividedBy(LOOK_EVERY);
    private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);

    private final SharedStore store;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Mono<String>> attempts = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> awayUntil = new AtomicReference<>(Instant.MIN);

    RedisSharedTokens(SharedStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Mono<String> current(String key, Function<@Nullable String, Mono<Fetched>> fetch) {
        return Mono.defer(
                () -> {
                    var now = clock.instant();
                    var mine = known.get(key);
                    return mine != null
                                    && mine.held.alive(now)
                                    && now.isBefore(mine.at.plus(KNOWN_FOR))
                            ? Mono.just(mine.held.token())
                            : attempt(key, null, fetch);
                });
    }

    @Override
    public Mono<String> replace(
            String key, String rejected, Function<@Nullable String, Mono<Fetched>> fetch) {
        return attempt(key, rejected, fetch)
                // An attempt we joined may have had another purpose.
                .flatMap(
                        token ->
                                token.equals(rejected)
                                        ? attempt(key, rejected, fetch)
                                        : Mono.just(token));
    }

    /** Joins the attempt under way in this process, or begins one that outlives its caller. */
    private Mono<String> attempt(
            String key,
            @Nullable String rejected,
            Function<@Nullable String, Mono<Fetched>> fetch) {
        return Mono.defer(
                () ->
                        attempts.computeIfAbsent(
                                key,
                                absent ->
                                        Mono.using(
                                                        () -> key,
                                                        begun -> obtain(key, rejected, fetch),
                                                        attempts::remove)
                                                .cache()));
    }

    private Mono<String> obtain(
            String key,
            @Nullable String rejected,
            Function<@Nullable String, Mono<Fetched>> fetch) {
        return clock.instant().isBefore(awayUntil.get())
                ? alone(key, rejected, fetch)
                : together(key, rejected, fetch)
                        .onErrorResume(
                                e -> !(e instanceof FetchFailed),
                                e -> {
                                    leaveAlone(e);
                                    return alone(key, rejected, fetch);
                                })
                        .onErrorMap(FetchFailed.class, FetchFailed::getCause);
    }

    private Mono<String> together(
            String key,
            @Nullable String rejected,
            Function<@Nullable String, Mono<Fetched>> fetch) {
        var owner = UUID.randomUUID().toString();
        return Mono.defer(
                        () ->
                                others(key, rejected)
                                        .switchIfEmpty(
                                                Mono.defer(
                                                        () ->
                                                                lockAndFetch(
                                                                        key, owner, rejected,
                                                                        fetch))))
                .repeatWhenEmpty(LOOKS, looks -> looks.delayElements(LOOK_EVERY))
                .map(HeldToken::token);
    }

    /** What somebody has stored, if it is not the one that was rejected. */
    private Mono<HeldToken> others(String key, @Nullable String rejected) {
        return store.read(key)
                .filter(held -> held.isNot(rejected))
                .map(held -> remember(key, held));
    }

    /** Empty when another node has the lock. */
    private Mono<HeldToken> lockAndFetch(
            String key,
            String owner,
            @Nullable String rejected,
            Function<@Nullable String, Mono<Fetched>> fetch) {
        return store.lock(key, owner)
                .filter(Boolean::booleanValue)
                .flatMap(
                        locked ->
                                Mono.usingWhen(
                                        Mono.just(owner),
                                        mine ->
                                                others(key, rejected)
                                                        .switchIfEmpty(
                                                                Mono.defer(
                                                                        () ->
                                                                                fetchForAll(
                                                                                        key,
                                                                                        rejected,
                                                                                        fetch))),
                                        mine -> unlock(key, mine)));
    }

    private Mono<HeldToken> fetchForAll(
            String key,
            @Nullable String rejected,
            Function<@Nullable String, Mono<Fetched>> fetch) {
        return fetch(key, rejected, fetch)
                .onErrorMap(FetchFailed::new)
                .flatMap(held -> store.write(key, held).thenReturn(held).onErrorReturn(held));
    }

    private Mono<String> alone(
            String key,
            @Nullable String rejected,
            Function<@Nullable String, Mono<Fetched>> fetch) {
        var mine = known.get(key);
        return mine != null && mine.held.alive(clock.instant()) && mine.held.isNot(rejected)
                ? Mono.just(mine.held.token())
                : fetch(key, rejected, fetch).map(HeldToken::token);
    }

    private Mono<HeldToken> fetch(
            String key,
            @Nullable String rejected,
            Function<@Nullable String, Mono<Fetched>> fetch) {
        return Mono.defer(() -> fetch.apply(rejected))
                .timeout(FETCH)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("no token came")))
                .map(fetched -> remember(key, held(fetched)));
    }

    private HeldToken held(Fetched fetched) {
        var tenth = fetched.life().dividedBy(10);
        var margin = tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
        return new HeldToken(fetched.token(), clock.instant().plus(fetched.life()).minus(margin));
    }

    private HeldToken remember(String key, HeldToken held) {
        known.put(key, new Known(held, clock.instant()));
        return held;
    }

    private Mono<Void> unlock(String key, String owner) {
        return store.unlock(key, owner).onErrorComplete();
    }

    private void leaveAlone(Throwable e) {
        awayUntil.set(clock.instant().plus(LEFT_ALONE));
        log.warn(
                "Redis is away, so this node gets access tokens for itself: {}",
                getMostSpecificCause(e).toString());
    }

    private record Known(HeldToken held, Instant at) {}

    /** Told apart from a failure of Redis. */
    private static final class FetchFailed extends RuntimeException {
        FetchFailed(Throwable cause) {
            super(null, cause, false, false);
        }

        @Override
        public synchronized Throwable getCause() {
            return Objects.requireNonNull(super.getCause());
        }
    }
}
