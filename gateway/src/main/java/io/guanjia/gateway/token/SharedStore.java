package io.guanjia.gateway.token;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What the nodes share: the tokens, and who may fetch the next one. Gives Redis a second. */
final class SharedStore {

    /** Longer than any fetch may take, so that a lock never ends before its fetch. */
    static final Duration LOCK = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String PREFIX = "guanjia:token:";

    /** Only the owner's own lock: ours may have run out, and another's begun. */
    private static final RedisScript<Long> UNLOCK =
            RedisScript.of(
                    """
                    if redis.call('GET', KEYS[1]) == ARGV[1] then
                        return redis.call('DEL', KEYS[1])
                    end
                    return 0
                    """,
                    Long.class);

    private final ReactiveStringRedisTemplate redis;
    private final Clock clock;

    SharedStore(ReactiveStringRedisTemplate redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    Mono<HeldToken> read(String key) {
        return redis.opsForValue()
                .get(PREFIX + key)
                .timeout(PATIENCE)
                .flatMap(stored -> Mono.justOrEmpty(HeldToken.read(stored)))
                .filter(held -> held.alive(clock.instant()));
    }

    Mono<Void> write(String key, HeldToken held) {
        return redis.opsForValue()
                .set(PREFIX + key, held.stored(), Duration.between(clock.instant(), held.until()))
                .timeout(PATIENCE)
                .then();
    }

    Mono<Boolean> lock(String key, String owner) {
        return redis.opsForValue()
                .setIfAbsent(PREFIX + key + ":lock", owner, LOCK)
                .timeout(PATIENCE);
    }

    Mono<Void> unlock(String key, String owner) {
        return redis.execute(UNLOCK, List.of(PREFIX + key + ":lock"), List.of(owner))
                .timeout(PATIENCE)
                .then();
    }
}
