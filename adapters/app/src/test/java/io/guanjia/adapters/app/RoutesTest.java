package io.guanjia.adapters.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.live.Gossip;
import io.guanjia.gateway.message.Address;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.util.concurrent.atomic.AtomicInteger;

class RoutesTest {

    private static final Address CUSTOMER = new Address("app", "web", "C1");
    private static final Address VISITOR = new Address("app", "web", "v-1");

    private final LettuceConnectionFactory nowhere =
            new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", 1));
    private final Linking threads = new Linking();
    private final Routes routes = routes();

    private Routes routes() {
        nowhere.afterPropertiesSet();
        nowhere.start();
        var redis = new ReactiveStringRedisTemplate(nowhere);
        return new Routes(
                threads, new Gossip<>(redis, JsonMapper.shared(), "links", Address.class));
    }

    @AfterEach
    void close() {
        routes.stop();
        nowhere.destroy();
    }

    @Test
    void whoHasOneAddressIsLookedUpOnce() {
        assertThat(route("m1")).isEqualTo(CUSTOMER);
        assertThat(route("m2")).isEqualTo(CUSTOMER);

        assertThat(threads.lookedUp).hasValue(1);
    }

    @Test
    void aVisitorWhoTurnsOutToBeTheCustomerIsKnownFromThenOn() {
        route("m1");
        threads.linked = true;
        routes.linked(CUSTOMER).block();

        assertThat(route("m2")).isEqualTo(VISITOR);
    }

    @Test
    void whatWasReadWhileSomebodyLinkedIsNotRemembered() {
        threads.meanwhile = () -> routes.linked(CUSTOMER).subscribe();
        route("m1");
        threads.meanwhile = () -> {};
        threads.linked = true;

        assertThat(route("m2")).isEqualTo(VISITOR);
    }

    private @Nullable Address route(String messageId) {
        return routes.of(CUSTOMER, messageId).block();
    }

    private static final class Linking extends MemoryThreads {
        private final AtomicInteger lookedUp = new AtomicInteger();
        private volatile boolean linked;
        private volatile Runnable meanwhile = () -> {};

        @Override
        public Mono<Boolean> isLinked(Address customer) {
            return Mono.fromSupplier(
                    () -> {
                        lookedUp.incrementAndGet();
                        var found = linked;
                        meanwhile.run();
                        return found;
                    });
        }

        @Override
        public Mono<Address> route(Address customer, String id) {
            return Mono.just(VISITOR);
        }
    }
}
