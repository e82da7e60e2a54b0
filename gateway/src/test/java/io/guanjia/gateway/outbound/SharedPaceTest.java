package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.token.TestRedis;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;

import java.time.Clock;
import java.time.Duration;

class SharedPaceTest {

    private static final Way WAY = new Way("fake", "service", "custom-send");

    @Test
    void twoNodesShareOnePace() {
        try (var redis = TestRedis.shared()) {
            redis.forgetAll();
            var one = new SharedPace(redis.template, new LocalPace(), Clock.systemUTC());
            var other = new SharedPace(redis.template, new LocalPace(), Clock.systemUTC());

            // A burst of two, then one after two seconds: at most three, whoever asks.
            var granted =
                    Flux.range(0, 20)
                            .concatMap(i -> (i % 2 == 0 ? one : other).take(WAY, 8, 3))
                            .collectList()
                            .block();

            assertThat(granted).isNotNull();
            assertThat(granted.getFirst().messages()).isEqualTo(2);
            assertThat(granted.stream().mapToInt(Pace.Grant::messages).sum()).isBetween(2, 6);
            assertThat(granted.getLast().pause()).isLessThan(Duration.ofMillis(200));
        }
    }

    @Test
    void keepsItsOwnPaceWhileRedisIsAway() {
        try (var redis = TestRedis.nowhere()) {
            var pace = new SharedPace(redis.template, new LocalPace(), Clock.systemUTC());

            var first = House.now(pace.take(WAY, 8, 3));
            var begin = System.nanoTime();
            var second = House.now(pace.take(WAY, 8, 3));

            assertThat(first.messages()).isEqualTo(2);
            assertThat(second.messages()).isZero();
            assertThat(second.pause()).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofMillis(150));
        }
    }
}
