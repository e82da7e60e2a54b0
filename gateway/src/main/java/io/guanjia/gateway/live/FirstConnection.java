package io.guanjia.gateway.live;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.ReactiveRedisClusterConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes the first connection to Redis where nobody minds the wait. Whoever asks for the shared
 * connection while there is none makes it, and blocks meanwhile, also on an event loop; so until
 * somebody has made it here, Redis counts as away. From then on it reconnects by itself.
 */
final class FirstConnection implements ReactiveRedisConnectionFactory {

    private static final Logger log = LoggerFactory.getLogger(FirstConnection.class);

    private final ReactiveRedisConnectionFactory connections;
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile boolean made;

    FirstConnection(ReactiveRedisConnectionFactory connections) {
        this.connections = connections;
        make();
    }

    @Override
    public ReactiveRedisConnection getReactiveConnection() {
        requireMade();
        return connections.getReactiveConnection();
    }

    @Override
    public ReactiveRedisClusterConnection getReactiveClusterConnection() {
        requireMade();
        return connections.getReactiveClusterConnection();
    }

    private void requireMade() {
        if (!made) {
            make();
            throw new RedisConnectionFailureException("not connected to Redis yet");
        }
    }

    private void make() {
        if (trying.compareAndSet(false, true)) {
            Thread.ofVirtual().name("redis-first-connection").start(this::connect);
        }
    }

    private void connect() {
        try {
            connections.getReactiveConnection().close();
            made = true;
        } catch (RuntimeException e) {
            log.debug("Redis is away", e);
        } finally {
            trying.set(false);
        }
    }

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException e) {
        return connections.translateExceptionIfPossible(e);
    }
}
