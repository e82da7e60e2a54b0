package io.guanjia.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.SharedQuotas;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

class RedisQuotasTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestRedis redis = TestRedis.shared();
    private final String key = "wecom/ww1/1/" + UUID.randomUUID();

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void nodesCountTogether() {
        var nodes = List.of(node(redis), node(redis));

        var waits =
                Objects.requireNonNull(
                        Flux.range(0, 35)
                                .flatMap(i -> nodes.get(i % 2).take(key, 30, MINUTE))
                                .collectList()
                                .block(PATIENCE));

        assertThat(waits).filteredOn(Duration::isZero).hasSize(30);
        assertThat(waits)
                .filteredOn(wait -> !wait.isZero())
                .hasSize(5)
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofSeconds(30), MINUTE));
        assertThat(take(nodes.getFirst(), key + "2")).isZero();
    }

    @Test
    void whatIsOlderThanThePeriodCountsNoMore() {
        var node = node(redis);
        var old = Long.toString(System.currentTimeMillis() - MINUTE.toMillis());
        redis.template.opsForList().leftPush("guanjia:quota:" + key, old).block(PATIENCE);

        assertThat(take(node, key)).isZero();
        assertThat(take(node, key)).isPositive();
    }

    @Test
    void countsAloneWhenRedisIsAway() {
        try (var nowhere = TestRedis.nowhere()) {
            var node = node(nowhere);

            assertThat(take(node, key)).isZero();
            assertThat(take(node, key)).isPositive();
        }
    }

    private static RedisQuotas node(TestRedis redis) {
        return new RedisQuotas(redis.template, SharedQuotas.ofOneNode(Clock.systemUTC()));
    }

    /** One a minute. */
    private static Duration take(SharedQuotas node, String key) {
        return Objects.requireNonNull(node.take(key, 1, MINUTE).block(PATIENCE));
    }
}
