package io.guanjia.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.ReactiveRedisClusterConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class FirstConnectionTest {

    private static final ReactiveRedisConnection CONNECTION =
            (ReactiveRedisConnection)
                    Proxy.newProxyInstance(
                            FirstConnectionTest.class.getClassLoader(),
                            new Class<?>[] {ReactiveRedisConnection.class},
                            (proxy, method, arguments) -> null);

    private final SlowRedis redis = new SlowRedis();

    @Test
    void redisCountsAsAwayUntilTheFirstConnectionIsThereAndNobodyWaitsForIt() {
        var first = new FirstConnection(redis);

        assertThatThrownBy(first::getReactiveConnection)
                .isInstanceOf(RedisConnectionFailureException.class);

        redis.reachable.countDown();
        await().ignoreExceptions().until(() -> first.getReactiveConnection() == CONNECTION);
    }

    @Test
    void whoeverAsksWhileItIsAwayHasItTriedAgain() {
        redis.refusals.set(3);
        redis.reachable.countDown();

        var first = new FirstConnection(redis);

        await().ignoreExceptions().until(() -> first.getReactiveConnection() == CONNECTION);
        assertThat(redis.refusals).hasNegativeValue();
    }

    private static final class SlowRedis implements ReactiveRedisConnectionFactory {

        private final CountDownLatch reachable = new CountDownLatch(1);
        private final AtomicInteger refusals = new AtomicInteger();

        @Override
        public ReactiveRedisConnection getReactiveConnection() {
            try {
                reachable.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (refusals.getAndDecrement() > 0) {
                throw new RedisConnectionFailureException("refused");
            }
            return CONNECTION;
        }

        @Override
        public ReactiveRedisClusterConnection getReactiveClusterConnection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public DataAccessException translateExceptionIfPossible(RuntimeException e) {
            throw new UnsupportedOperationException(e);
        }
    }
}
