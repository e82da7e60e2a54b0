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
            assertThat(granted.getFirst().calls()).isEqualTo(2);
            assertThat(granted.stream().mapToInt(Pace.Grant::calls).sum()).isBetween(2, 6);
            assertThat(granted.getLast().pause()).isLessThan(Duration.ofMillis(200));
        }
    }

    @Test
    void waitsForCallsThatWereMadeBeyondWhatWasGranted() {
        try (var redis = TestRedis.shared()) {
            redis.forgetAll();
            assertWaitsForCallsBeyondTheGrant(
                    new SharedPace(redis.template, new LocalPace(), Clock.systemUTC()));
            assertWaitsForCallsBeyondTheGrant(new LocalPace());
        }
    }

    private static void assertWaitsForCallsBeyondTheGrant(Pace pace) {
        var first = House.now(pace.take(WAY, 8, 1));
        House.run(pace.settle(WAY, 8, 17));

        // The burst is two; 16 more take two seconds, and one call an eighth.
        var second = House.now(pace.take(WAY, 8, 3));
        assertThat(first.calls()).isEqualTo(1);
        assertThat(second.calls()).isZero();
        assertThat(second.pause()).isBetween(Duration.ofMillis(1500), Duration.ofMillis(2130));

        House.run(pace.settle(WAY, 8, -18));
        assertThat(House.now(pace.take(WAY, 8, 3)).calls()).isEqualTo(2);
    }

    @Test
    void keepsItsOwnPaceWhileRedisIsAway() {
        try (var redis = TestRedis.nowhere()) {
            var pace = new SharedPace(redis.template, new LocalPace(), Clock.systemUTC());

            var first = House.now(pace.take(WAY, 8, 3));
            var begin = System.nanoTime();
            var second = House.now(pace.take(WAY, 8, 3));

            assertThat(first.calls()).isEqualTo(2);
            assertThat(second.calls()).isZero();
            assertThat(second.pause()).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofMillis(150));
        }
    }
}
