package io.guanjia.gateway.inbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.live.AnswerBoard;
import io.guanjia.gateway.message.InboundMessage;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Objects;

/**
 * Knows which of the platform's tries of a message this is. Makes repeats cheap; what it forgets or
 * never knew costs a look at PostgreSQL, never a second effect.
 */
final class Tries {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final Duration REDIS_WITHIN = Duration.ofMillis(300);

    private final ReactiveStringRedisTemplate redis;
    private final Cache<String, Integer> seenHere =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(100_000).build();
    private final Cache<String, Boolean> durableHere =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(100_000).build();

    Tries(ReactiveStringRedisTemplate redis) {
        this.redis = redis;
    }

    /**
     * One try.
     *
     * @param number from 1
     * @param durable whether an earlier try left the message in the journal, as far as known here
     * @param last whether the platform will not try again
     */
    record Try(int number, boolean durable, boolean last) {}

    /** Counts this try. Only accounts that live by the platform's tries ask the other nodes. */
    Mono<Try> count(ChannelAccount account, InboundMessage message) {
        var key = AnswerBoard.key(message.from(), message.dedupeKey());
        var here = Objects.requireNonNull(seenHere.asMap().merge(key, 1, Integer::sum));
        var durable = durableHere.getIfPresent(key) != null;
        var most = Objects.requireNonNull(account.passive()).tries();
        var number =
                account.canPush()
                        ? Mono.just(here)
                        : everywhere(key).onErrorReturn(here).defaultIfEmpty(here);
        return number.map(n -> new Try(n, durable, n >= most));
    }

    private Mono<Integer> everywhere(String key) {
        var name = "guanjia:tries:" + key;
        return redis.opsForValue()
                .increment(name)
                .flatMap(n -> redis.expire(name, REMEMBERED).thenReturn(n.intValue()))
                .timeout(REDIS_WITHIN);
    }

    /** From now on, further tries bring nothing new to this node. */
    void durable(InboundMessage message) {
        durableHere.put(AnswerBoard.key(message.from(), message.dedupeKey()), true);
    }
}
