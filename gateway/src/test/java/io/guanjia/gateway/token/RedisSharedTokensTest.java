package io.guanjia.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.embedded.EmbeddedServers;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.channel.SharedTokens.Fetched;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

class RedisSharedTokensTest {

    private static final String KEY = "wechat/demo";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestRedis oneRedis = TestRedis.shared();
    private final TestRedis otherRedis = TestRedis.shared();
    private final SharedTokens one = tokens(oneRedis);
    private final SharedTokens other = tokens(otherRedis);
    private final AtomicInteger fetches = new AtomicInteger();

    @BeforeEach
    void forget() {
        oneRedis.forgetAll();
    }

    @AfterEach
    void close() {
        oneRedis.close();
        otherRedis.close();
    }

    @Test
    void asksThePlatformOnceForManyWhoNeedAToken() {
        var tokens = many(node -> node.current(KEY, this::fetch));

        assertThat(tokens).hasSize(200).containsOnly("token-1");
        assertThat(fetches).hasValue(1);
    }

    @Test
    void replacesARevokedTokenOnceHoweverManySendsItFails() {
        var old = get(one.current(KEY, this::fetch));
        get(other.current(KEY, this::fetch));

        var tokens = many(node -> node.replace(KEY, old, this::fetch));

        assertThat(tokens).hasSize(200).containsOnly("token-2");
        assertThat(fetches).hasValue(2);
        assertThat(get(one.replace(KEY, old, this::fetch))).isEqualTo("token-2");
        assertThat(get(other.current(KEY, this::fetch))).isEqualTo("token-2");
        assertThat(get(one.replace(KEY, "token-2", this::fetch))).isEqualTo("token-3");
    }

    @Test
    void goesOnWithoutRedis() {
        try (var nowhere = TestRedis.nowhere()) {
            var alone = tokens(nowhere);

            assertThat(get(alone.current(KEY, this::fetch))).isEqualTo("token-1");
            assertThat(get(alone.current(KEY, this::fetch))).isEqualTo("token-1");
            var tokens =
                    Flux.range(0, 100)
                            .flatMap(i -> alone.replace(KEY, "token-1", this::fetch), 100)
                            .collectList()
                            .block(PATIENCE);
            assertThat(tokens).hasSize(100).containsOnly("token-2");
            assertThat(fetches).hasValue(2);
        }
    }

    @Test
    void survivesTheDeathOfRedisInMidFetch() {
        var redis = EmbeddedServers.shared().redis();
        var token =
                get(
                        one.current(
                                KEY,
                                rejected -> Mono.fromRunnable(redis::kill).then(fetch(rejected))));
        assertThat(token).isEqualTo("token-1");
        assertThat(get(one.replace(KEY, "token-1", this::fetch))).isEqualTo("token-2");

        redis.start();

        assertThat(get(other.current("wechat/another", this::fetch))).startsWith("token-");
    }

    @Test
    void aNodeThatDiesWithTheLockHoldsOthersUpForAWhileOnly() {
        var lock = "guanjia:token:" + KEY + ":lock";
        get(
                oneRedis.template
                        .opsForValue()
                        .setIfAbsent(lock, "somebody dead", Duration.ofMillis(700)));

        assertThat(get(one.current(KEY, this::fetch))).isEqualTo("token-1");
    }

    @Test
    void aFailureOfThePlatformReachesTheCallerAndIsNotRemembered() {
        assertThatThrownBy(
                        () ->
                                one.current(
                                                KEY,
                                                rejected ->
                                                        Mono.error(
                                                                new IllegalArgumentException(
                                                                        "40125")))
                                        .block(PATIENCE))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(get(one.current(KEY, this::fetch))).isEqualTo("token-1");
    }

    @Test
    void tellsThePlatformWhichTokenWasRejected() {
        var asked = new CopyOnWriteArrayList<String>();
        get(one.current(KEY, this::fetch));
        get(
                one.replace(
                        KEY,
                        "token-1",
                        rejected -> {
                            asked.add(String.valueOf(rejected));
                            return fetch(rejected);
                        }));

        assertThat(asked).containsExactly("token-1");
    }

    @Test
    void neverShowsAToken() {
        assertThat(new HeldToken("secret", Clock.systemUTC().instant()).toString())
                .doesNotContain("secret");
        assertThat(new Fetched("secret", Duration.ofHours(2)).toString()).doesNotContain("secret");
    }

    private Mono<Fetched> fetch(@Nullable String rejected) {
        return Mono.delay(Duration.ofMillis(50))
                .map(
                        tick ->
                                new Fetched(
                                        "token-" + fetches.incrementAndGet(), Duration.ofHours(2)));
    }

    private List<String> many(Function<SharedTokens, Mono<String>> use) {
        return Objects.requireNonNull(
                Flux.range(0, 200)
                        .flatMap(i -> use.apply(i % 2 == 0 ? one : other), 200)
                        .collectList()
                        .block(PATIENCE));
    }

    private static <T> T get(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }

    private static SharedTokens tokens(TestRedis redis) {
        return new RedisSharedTokens(
                new SharedStore(redis.template, Clock.systemUTC()), Clock.systemUTC());
    }
}
