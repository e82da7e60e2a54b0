package io.guanjia.gateway.token;

import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.embedded.Server;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import java.time.Duration;

/** A way to the Redis that the tests of this JVM share. */
public final class TestRedis implements AutoCloseable {

    private final LettuceConnectionFactory connections;
    public final ReactiveStringRedisTemplate template;

    private TestRedis(RedisStandaloneConfiguration where) {
        connections =
                new LettuceConnectionFactory(
                        where,
                        LettuceClientConfiguration.builder()
                                .commandTimeout(Duration.ofSeconds(1))
                                .build());
        connections.afterPropertiesSet();
        connections.start();
        template = new ReactiveStringRedisTemplate(connections);
    }

    public static TestRedis shared() {
        var redis = EmbeddedServers.shared().redis();
        var where = new RedisStandaloneConfiguration(Server.HOST, redis.port());
        where.setPassword(redis.password());
        return new TestRedis(where);
    }

    /** A Redis that is not there. */
    public static TestRedis nowhere() {
        return new TestRedis(new RedisStandaloneConfiguration(Server.HOST, 1));
    }

    public void forgetAll() {
        template.execute(connection -> connection.serverCommands().flushAll())
                .blockLast(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
