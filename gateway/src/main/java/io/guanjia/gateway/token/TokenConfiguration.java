package io.guanjia.gateway.token;

import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.channel.SharedQuotas;
import io.guanjia.gateway.channel.SharedTokens;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import java.time.Clock;

/** Gives channels their tokens and what else nodes share of a platform. Needs Redis. */
@Configuration(proxyBeanMethods = false)
public class TokenConfiguration {

    @Bean
    SharedTokens sharedTokens(ReactiveStringRedisTemplate redis, Clock clock) {
        return new RedisSharedTokens(new SharedStore(redis, clock), clock);
    }

    @Bean
    OneTimeCodes oneTimeCodes(ReactiveStringRedisTemplate redis, Clock clock) {
        return new RedisOneTimeCodes(redis, clock);
    }

    @Bean
    SharedQuotas sharedQuotas(ReactiveStringRedisTemplate redis, Clock clock) {
        return new RedisQuotas(redis, SharedQuotas.ofOneNode(clock));
    }
}
