package io.guanjia.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.OneTimeCodes.Code;
import io.guanjia.gateway.message.Address;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

class RedisOneTimeCodesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestRedis redis = TestRedis.shared();
    private final Clock clock = Clock.systemUTC();
    private final RedisOneTimeCodes codes = new RedisOneTimeCodes(redis.template, clock);
    private final Address party = new Address("wecom-kf", "main", UUID.randomUUID().toString());

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void givesACodeToOneOfSeveral() {
        var code = new Code("WC:1", soon());
        codes.keep(party, code).block(PATIENCE);

        var taken = Flux.range(0, 8).flatMap(i -> codes.take(party)).collectList().block(PATIENCE);

        assertThat(taken).containsExactly(code);
    }

    @Test
    void forgetsWhatIsTooOld() {
        codes.keep(party, new Code("WC", clock.instant().minusSeconds(1))).block(PATIENCE);

        assertThat(codes.take(party).blockOptional(PATIENCE)).isEmpty();
    }

    @Test
    void goesWithoutWhenRedisIsAway() {
        try (var nowhere = TestRedis.nowhere()) {
            var lost = new RedisOneTimeCodes(nowhere.template, clock);

            lost.keep(party, new Code("WC", soon())).block(PATIENCE);
            assertThat(lost.take(party).blockOptional(PATIENCE)).isEmpty();
        }
    }

    @Test
    void tellsNobodyTheCode() {
        assertThat(new Code("WC", soon()).toString()).doesNotContain("WC");
    }

    private Instant soon() {
        return clock.instant().plusSeconds(20).truncatedTo(ChronoUnit.MILLIS);
    }
}
