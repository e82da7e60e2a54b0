package io.guanjia.gateway.live;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import tools.jackson.databind.json.JsonMapper;

/** Wires what nodes tell each other. */
@Configuration(proxyBeanMethods = false)
public class LiveConfiguration {

    /** Takes the place of Spring Boot's, and never blocks. */
    @Bean
    ReactiveStringRedisTemplate reactiveStringRedisTemplate(
            ReactiveRedisConnectionFactory connections) {
        return new ReactiveStringRedisTemplate(new FirstConnection(connections));
    }

    @Bean
    RedisLive redisLive(ReactiveStringRedisTemplate redis, JsonMapper json) {
        return new RedisLive(redis, json);
    }
}
