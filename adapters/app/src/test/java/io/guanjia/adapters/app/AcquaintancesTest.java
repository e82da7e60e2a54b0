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

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class AcquaintancesTest {

    private static final Address CUSTOMER = new Address("app", "web", "C1");
    private static final Address VISITOR = new Address("app", "web", "v-1");

    private final LettuceConnectionFactory nowhere =
            new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", 1));
    private final Linking threads = new Linking();
    private final Acquaintances acquaintances = acquaintances();

    private Acquaintances acquaintances() {
        nowhere.afterPropertiesSet();
        nowhere.start();
        var redis = new ReactiveStringRedisTemplate(nowhere);
        return new Acquaintances(
                threads, new Gossip<>(redis, JsonMapper.shared(), "links", Address.class));
    }

    @AfterEach
    void close() {
        acquaintances.stop();
        nowhere.destroy();
    }

    @Test
    void whoComesByAgainIsLookedUpOnce() {
        threads.names.put(CUSTOMER, "李雷");
        meet("李雷");
        assertThat(route("m1")).isEqualTo(CUSTOMER);
        meet("李雷");
        assertThat(route("m2")).isEqualTo(CUSTOMER);

        assertThat(threads.lookedUp).hasValue(1);
    }

    @Test
    void whoHasAnotherNameThanBeforeIsMetAgain() {
        meet("李雷");
        meet("李雷");
        meet("李磊");
        meet(null);

        assertThat(threads.met).containsExactly("李雷", "李磊");
    }

    @Test
    void whoHasNoNameIsNotWrittenDownBeforeTheySpeakAndIsLookedUpOnce() {
        meet(null);
        route("m1");
        meet(null);
        route("m2");

        assertThat(threads.met).isEmpty();
        assertThat(threads.lookedUp).hasValue(1);
    }

    @Test
    void aVisitorWhoTurnsOutToBeTheCustomerIsKnownFromThenOn() {
        meet("李雷");
        route("m1");
        threads.linked = true;
        acquaintances.linked(CUSTOMER).block();

        assertThat(route("m2")).isEqualTo(VISITOR);
    }

    @Test
    void whatWasReadWhileSomebodyLinkedIsNotRemembered() {
        meet("李雷");
        threads.meanwhile = () -> acquaintances.linked(CUSTOMER).subscribe();
        route("m1");
        threads.meanwhile = () -> {};
        threads.linked = true;

        assertThat(route("m2")).isEqualTo(VISITOR);
    }

    private void meet(@Nullable String name) {
        acquaintances.meet(new Customer(CUSTOMER, name, Instant.MAX)).block();
    }

    private @Nullable Address route(String messageId) {
        return acquaintances.route(CUSTOMER, messageId).block();
    }

    private static final class Linking extends MemoryThreads {
        private final Map<Address, String> names = new HashMap<>();
        private final List<String> met = new ArrayList<>();
        private final AtomicInteger lookedUp = new AtomicInteger();
        private volatile boolean linked;
        private volatile Runnable meanwhile = () -> {};

        @Override
        public Mono<Acquaintance> acquaintance(Address customer) {
            return Mono.fromSupplier(
                    () -> {
                        lookedUp.incrementAndGet();
                        var name = names.get(customer);
                        var found = new Acquaintance(name != null, name, linked);
                        meanwhile.run();
                        return found;
                    });
        }

        @Override
        public Mono<Void> meet(Address customer, @Nullable String name) {
            return Mono.fromRunnable(
                    () -> {
                        names.put(customer, String.valueOf(name));
                        met.add(String.valueOf(name));
                    });
        }

        @Override
        public Mono<Address> route(Address customer, String id) {
            return Mono.just(VISITOR);
        }
    }
}
