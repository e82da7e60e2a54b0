package io.guanjia.gateway.token;

import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.message.Address;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Keeps codes in Redis for as long as they are good. Gives Redis a second. */
final class RedisOneTimeCodes implements OneTimeCodes {

    private static final Logger log = LoggerFactory.getLogger(RedisOneTimeCodes.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String PREFIX = "guanjia:code:";

    private final ReactiveStringRedisTemplate redis;
    private final Clock clock;

    RedisOneTimeCodes(ReactiveStringRedisTemplate redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public Mono<Void> keep(Address party, Code code) {
        return Mono.defer(
                () -> {
                    var left = Duration.between(clock.instant(), code.until());
                    return left.isPositive()
                            ? redis.opsForValue()
                                    .set(PREFIX + party.key(), stored(code), left)
                                    .timeout(PATIENCE)
                                    .onErrorResume(RedisOneTimeCodes::away)
                                    .then()
                            : Mono.empty();
                });
    }

    @Override
    public Mono<Code> take(Address party) {
        return redis.opsForValue()
                .getAndDelete(PREFIX + party.key())
                .timeout(PATIENCE)
                .onErrorResume(RedisOneTimeCodes::away)
                .map(RedisOneTimeCodes::read)
                .filter(code -> clock.instant().isBefore(code.until()));
    }

    private static String stored(Code code) {
        return code.until().toEpochMilli() + ":" + code.code();
    }

    private static Code read(String stored) {
        int colon = stored.indexOf(':');
        return new Code(
                stored.substring(colon + 1),
                Instant.ofEpochMilli(Long.parseLong(stored.substring(0, colon))));
    }

    private static <T> Mono<T> away(Throwable error) {
        log.warn("A code of a platform is lost: {}", error.getClass().getSimpleName());
        return Mono.empty();
    }
}
