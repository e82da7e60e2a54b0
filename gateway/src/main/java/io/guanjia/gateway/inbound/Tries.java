package io.guanjia.gateway.inbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.PassiveReplies;
import io.guanjia.gateway.live.AnswerBoard;
import io.guanjia.gateway.message.InboundMessage;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Knows which of the platform's tries of a message this is. Makes repeats cheap; what it forgets or
 * never knew costs a look at PostgreSQL, never a second effect.
 */
final class Tries {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** Copies of a try come together; a platform whose connection broke may be back in a second. */
    private static final Duration TOO_SOON = Duration.ofMillis(750);

    private static final Duration REDIS_WITHIN = Duration.ofMillis(300);

    /** Platforms tell the time of a message in whole seconds, and clocks differ a little. */
    private static final Duration INEXACT = Duration.ofSeconds(1);

    /** A set, not a counter: a command that Lettuce sends again after a break counts once. */
    private static final RedisScript<Long> COUNT =
            RedisScript.of(
                    """
                    redis.call('SADD', KEYS[1], ARGV[1])
                    redis.call('EXPIRE', KEYS[1], ARGV[2])
                    return redis.call('SCARD', KEYS[1])
                    """,
                    Long.class);

    private final ReactiveStringRedisTemplate redis;

    /**
     * Whatever is remembered is copied by the collector over and over: no more than helps. Tidied
     * up in passing: to wake another thread for it costs more than the tidying.
     */
    private final Cache<String, Seen> seenHere =
            Caffeine.newBuilder()
                    .expireAfterWrite(REMEMBERED)
                    .maximumSize(20_000)
                    .executor(Runnable::run)
                    .build();

    Tries(ReactiveStringRedisTemplate redis) {
        this.redis = redis;
    }

    /**
     * One try.
     *
     * @param number from 1
     * @param durable whether an earlier try left the message in the journal, as far as known here
     * @param last whether the platform will not try again
     * @param copy whether it came too soon after another to be the platform's next try: whoever
     *     answered it as well would say everything twice
     */
    record Try(int number, boolean durable, boolean last, boolean copy) {}

    /** What this node knows of a message; the last try in milliseconds of the clock. */
    private record Seen(int times, long last, boolean durable) {

        static Seen next(@Nullable Seen before, long now) {
            return before == null
                    ? new Seen(1, now, false)
                    : new Seen(before.times + 1, now, before.durable);
        }
    }

    /** Counts this try. Only accounts that live by the platform's tries ask the other nodes. */
    Mono<Try> count(ChannelAccount account, InboundMessage message, Instant receivedAt) {
        var key = AnswerBoard.key(message.from(), message.dedupeKey());
        var now = receivedAt.toEpochMilli();
        var before = new AtomicReference<@Nullable Seen>();
        seenHere.asMap()
                .compute(
                        key,
                        (same, seen) -> {
                            before.set(seen);
                            return Seen.next(seen, now);
                        });
        var seen = before.get();
        var here = seen == null ? 1 : seen.times + 1;
        var copy = seen != null && seen.last + TOO_SOON.toMillis() > now;
        var durable = seen != null && seen.durable;
        var passive = Objects.requireNonNull(account.passive());
        var lastByTime = isLast(passive, message.sentAt(), receivedAt);
        var number =
                account.canPush()
                        ? Mono.just(here)
                        : everywhere(key).onErrorReturn(here).defaultIfEmpty(here);
        return number.map(n -> new Try(n, durable, n >= passive.tries() || lastByTime, copy));
    }

    /** By the clock, for when nobody has counted the tries on all nodes. */
    private static boolean isLast(PassiveReplies passive, Instant sentAt, Instant receivedAt) {
        var allButTheLast = passive.patience().multipliedBy(passive.tries() - 1L);
        return !receivedAt.isBefore(sentAt.plus(allButTheLast).minus(INEXACT));
    }

    private Mono<Integer> everywhere(String key) {
        return redis.execute(
                        COUNT,
                        List.of("guanjia:tries:" + key),
                        List.of(
                                UUID.randomUUID().toString(),
                                Long.toString(REMEMBERED.toSeconds())))
                .next()
                .map(Long::intValue)
                .timeout(REDIS_WITHIN);
    }

    /** From now on, further tries bring nothing new to this node. */
    void durable(InboundMessage message) {
        seenHere.asMap()
                .computeIfPresent(
                        AnswerBoard.key(message.from(), message.dedupeKey()),
                        (same, seen) -> new Seen(seen.times, seen.last, true));
    }
}
