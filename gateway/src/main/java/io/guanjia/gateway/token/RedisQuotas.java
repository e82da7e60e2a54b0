package io.guanjia.gateway.token;

import io.guanjia.gateway.channel.SharedQuotas;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;

/** Counts in Redis, by its clock. While it is away each node counts what it does itself. */
final class RedisQuotas implements SharedQuotas {

    private static final Logger log = LoggerFactory.getLogger(RedisQuotas.class);

    /** Keeps when each of the latest was, newest first. Returns the milliseconds to wait. */
    private static final RedisScript<Long> TAKE =
            RedisScript.of(
                    """
                    local most = tonumber(ARGV[1])
                    local period = tonumber(ARGV[2])
                    local time = redis.call('TIME')
                    local now = time[1] * 1000 + math.floor(time[2] / 1000)
                    local at = tonumber(redis.call('LINDEX', KEYS[1], most - 1))
                    if at and math.abs(now - at) < period then
                        return at + period - now
                    end
                    redis.call('LPUSH', KEYS[1], string.format('%.0f', now))
                    redis.call('LTRIM', KEYS[1], 0, most - 1)
                    redis.call('PEXPIRE', KEYS[1], period)
                    return 0
                    """,
                    Long.class);

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final ReactiveStringRedisTemplate redis;
    private final SharedQuotas alone;

    RedisQuotas(ReactiveStringRedisTemplate redis, SharedQuotas alone) {
        this.redis = redis;
        this.alone = alone;
    }

    @Override
    public Mono<Duration> take(String key, int most, Duration period) {
        return redis.execute(
                        TAKE,
                        List.of("guanjia:quota:" + key),
                        List.of(Integer.toString(most), Long.toString(period.toMillis())))
                .next()
                .timeout(PATIENCE)
                .map(Duration::ofMillis)
                .onErrorResume(
                        error -> {
                            log.warn(
                                    "Redis is away, so this node counts alone: {}",
                                    error.getClass().getSimpleName());
                            return alone.take(key, most, period);
                        });
    }
}
