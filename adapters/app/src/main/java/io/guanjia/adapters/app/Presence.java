package io.guanjia.adapters.app;

import io.guanjia.gateway.message.Address;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collection;

/**
 * Who is connected to some node. Kept in Redis for as long as two signs of life are apart; while
 * that is away everybody counts as gone, and gets a push too many rather than one too few.
 */
class Presence {

    private static final String KEY = "guanjia:app:here:";
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int SIDE_BY_SIDE = 64;

    private final ReactiveStringRedisTemplate redis;

    Presence(ReactiveStringRedisTemplate redis) {
        this.redis = redis;
    }

    /** Never fails. */
    Mono<Boolean> here(Address customer) {
        return Mono.defer(() -> redis.hasKey(key(customer)))
                .timeout(PATIENCE)
                .onErrorReturn(false)
                .defaultIfEmpty(false);
    }

    /** Never fails. */
    Mono<Void> seen(Collection<Address> customers, Duration life) {
        return Flux.fromIterable(customers)
                .flatMap(
                        each ->
                                Mono.defer(() -> redis.opsForValue().set(key(each), "1", life))
                                        .timeout(PATIENCE)
                                        .onErrorComplete(),
                        SIDE_BY_SIDE)
                .then();
    }

    /** Never fails. Another node that still has them says so again before long. */
    Mono<Void> gone(Address customer) {
        return Mono.defer(() -> redis.delete(key(customer)))
                .timeout(PATIENCE)
                .onErrorComplete()
                .then();
    }

    private static String key(Address customer) {
        return KEY + customer.account() + '/' + customer.party();
    }
}
