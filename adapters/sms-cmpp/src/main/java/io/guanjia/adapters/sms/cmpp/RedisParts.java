package io.guanjia.adapters.sms.cmpp;

import io.guanjia.cmpp.protocol.MsgId;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;

/** In Redis, for as long as carriers report. */
final class RedisParts implements SharedParts {

    /** Carriers give up on a phone after two days, some after three. */
    private static final Duration LIFE = Duration.ofDays(3);

    private static final Duration REDIS_WITHIN = Duration.ofMillis(500);

    /** A set, not a counter: a report that comes twice counts once. */
    private static final RedisScript<Long> COUNT =
            RedisScript.of(
                    """
                    redis.call('SADD', KEYS[1], ARGV[1])
                    redis.call('EXPIRE', KEYS[1], ARGV[2])
                    return redis.call('SCARD', KEYS[1])
                    """,
                    Long.class);

    private final ReactiveStringRedisTemplate redis;
    private final String prefix;

    RedisParts(ReactiveStringRedisTemplate redis, String account) {
        this.redis = redis;
        this.prefix = "guanjia:cmpp:" + account + ':';
    }

    @Override
    public Mono<Void> remember(String message, List<Long> parts) {
        var value = message + '/' + parts.size();
        return Flux.fromIterable(parts)
                .flatMap(part -> redis.opsForValue().set(part(part), value, LIFE))
                .then()
                .timeout(REDIS_WITHIN);
    }

    @Override
    public Mono<Known> find(long part) {
        return redis.opsForValue()
                .get(part(part))
                .map(
                        value -> {
                            int slash = value.indexOf('/');
                            return new Known(
                                    value.substring(0, slash),
                                    Integer.parseInt(value.substring(slash + 1)));
                        })
                .timeout(REDIS_WITHIN);
    }

    @Override
    public Mono<Boolean> delivered(Known message, long part) {
        return redis.execute(
                        COUNT,
                        List.of(prefix + "arrived:" + message.message()),
                        List.of(MsgId.text(part), Long.toString(LIFE.toSeconds())))
                .next()
                .map(arrived -> arrived >= message.total())
                .timeout(REDIS_WITHIN);
    }

    private String part(long part) {
        return prefix + "part:" + MsgId.text(part);
    }
}
