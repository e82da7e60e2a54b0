package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.embedded.EmbeddedSettings;
import io.guanjia.embedded.Progress;
import io.guanjia.embedded.Server;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Against a real Redis. */
class RedisPartsTest {

    private static EmbeddedServers servers;
    private static LettuceConnectionFactory connections;
    private static ReactiveStringRedisTemplate redis;

    @BeforeAll
    static void start(@TempDir Path folder) {
        servers = EmbeddedServers.open(EmbeddedSettings.in(folder), Progress.SILENT);
        servers.redis().start();
        var where = new RedisStandaloneConfiguration(Server.HOST, servers.redis().port());
        where.setPassword(servers.redis().password());
        connections = new LettuceConnectionFactory(where);
        connections.afterPropertiesSet();
        connections.start();
        redis = new ReactiveStringRedisTemplate(connections);
    }

    @AfterAll
    static void stop() {
        connections.destroy();
        servers.close();
    }

    @Test
    void remembersWhichPartsMakeAMessage() {
        var parts = new RedisParts(redis, "main");
        parts.remember("m", List.of(1L, -2L)).block(Bank.PATIENCE);

        var known = Objects.requireNonNull(parts.find(-2L).block(Bank.PATIENCE));
        assertThat(known).isEqualTo(new SharedParts.Known("m", 2));
        assertThat(parts.find(3L).block(Bank.PATIENCE)).isNull();
        assertThat(new RedisParts(redis, "other").find(1L).block(Bank.PATIENCE)).isNull();
        assertThat(parts.delivered(known, 1).block(Bank.PATIENCE)).isFalse();
        assertThat(parts.delivered(known, 1).block(Bank.PATIENCE)).isFalse();
        assertThat(parts.delivered(known, -2).block(Bank.PATIENCE)).isTrue();
    }
}
