package io.guanjia.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.live.AnswerBoard.Worked;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.token.TestRedis;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

class RedisLiveTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Address LI_LEI = new Address("fake", "service", "lilei");

    private final TestRedis nowhere = TestRedis.nowhere();
    private final RedisLive live = new RedisLive(nowhere.template, JsonMapper.shared());

    @AfterEach
    void close() {
        live.stop();
        nowhere.close();
    }

    @Test
    void whoStillWaitsHearsTheWordAlthoughAnotherHasGivenUp() {
        var first = live.await(LI_LEI, "msg-1", Duration.ofMillis(10));
        var second = live.await(LI_LEI, "msg-1", PATIENCE).cache();
        second.subscribe();
        assertThat(first.blockOptional(PATIENCE)).isEmpty();

        live.announce(List.of(new Worked(AnswerBoard.key(LI_LEI, "msg-1"), true))).block(PATIENCE);

        assertThat(second.blockOptional(PATIENCE)).contains(true);
    }

    @Test
    void tellingTakesNoTimeHoweverMuchWaitsForRedis() {
        live.start();
        var begun = System.nanoTime();

        for (int i = 0; i < 5_000; i++) {
            live.ring(List.of(UUID.randomUUID())).block(PATIENCE);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
}
