package io.guanjia.gateway.outbound;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps one pace for all nodes, in Redis. While Redis is away each node keeps the whole pace by
 * itself: faster than the platform likes, perhaps, but then the platform says so.
 */
final class SharedPace implements Pace {

    private static final Logger log = LoggerFactory.getLogger(SharedPace.class);

    /**
     * A token bucket by Redis's own clock, which may be overdrawn. Returns what is granted and, if
     * nothing, the wait.
     */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> TAKE =
            RedisScript.of(
                    """
                    local rate = tonumber(ARGV[1])
                    local burst = tonumber(ARGV[2])
                    local time = redis.call('TIME')
                    local now = time[1] + time[2] / 1000000
                    local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
                    local tokens = tonumber(kept[1]) or burst
                    local at = tonumber(kept[2]) or now
                    tokens = math.min(burst, tokens + math.max(0, now - at) * rate)
                    local granted = math.max(0, math.min(tonumber(ARGV[3]), math.floor(tokens)))
                    tokens = math.min(burst, tokens - granted - tonumber(ARGV[4]))
                    redis.call('HSET', KEYS[1],
                        'tokens', string.format('%.6f', tokens),
                        'at', string.format('%.6f', now))
                    redis.call('PEXPIRE', KEYS[1],
                        math.ceil((burst - tokens) / rate * 1000) + 1000)
                    local wait = 0
                    if granted == 0 then
                        wait = math.ceil((1 - tokens) / rate * 1000)
                    end
                    return {granted, wait}
                    """,
                    List.class);

    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private final ReactiveStringRedisTemplate redis;
    private final Pace alone;
    private final Clock clock;
    private final AtomicReference<Instant> awayUntil = new AtomicReference<>(Instant.MIN);

    SharedPace(ReactiveStringRedisTemplate redis, Pace alone, Clock clock) {
        this.redis = redis;
        this.alone = alone;
        this.clock = clock;
    }

    @Override
    public Mono<Grant> take(Way way, double perSecond, int wanted) {
        return Mono.defer(
                () ->
                        clock.instant().isBefore(awayUntil.get())
                                ? alone.take(way, perSecond, wanted)
                                : shared(way, perSecond, wanted, 0)
                                        .onErrorResume(
                                                e -> {
                                                    leaveAlone(e);
                                                    return alone.take(way, perSecond, wanted);
                                                }));
    }

    @Override
    public Mono<Void> settle(Way way, double perSecond, int more) {
        return Mono.defer(
                () ->
                        clock.instant().isBefore(awayUntil.get())
                                ? alone.settle(way, perSecond, more)
                                : shared(way, perSecond, 0, more)
                                        .then()
                                        .onErrorResume(
                                                e -> {
                                                    leaveAlone(e);
                                                    return alone.settle(way, perSecond, more);
                                                }));
    }

    private Mono<Grant> shared(Way way, double perSecond, int wanted, int more) {
        return redis.execute(
                        TAKE,
                        List.of(
                                "guanjia:pace:"
                                        + way.channel()
                                        + "/"
                                        + way.account()
                                        + "/"
                                        + way.api()),
                        List.of(
                                Double.toString(perSecond),
                                Integer.toString(Pace.burst(perSecond)),
                                Integer.toString(wanted),
                                Integer.toString(more)))
                .next()
                .timeout(PATIENCE)
                .map(
                        answer ->
                                new Grant(
                                        ((Number) answer.get(0)).intValue(),
                                        Duration.ofMillis(((Number) answer.get(1)).longValue())));
    }

    private void leaveAlone(Throwable failure) {
        awayUntil.set(clock.instant().plus(LEFT_ALONE));
        log.warn(
                "Redis is away, so this node keeps its own pace: {}",
                getMostSpecificCause(failure).toString());
    }
}
