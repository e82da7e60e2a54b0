package io.guanjia.gateway.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.PassiveReplies;
import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.inbound.Tries.Try;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.gateway.token.TestRedis;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class TriesTest {

    private static final Instant SENT = Instant.parse("2026-11-21T08:00:00Z");
    private static final ChannelAccount ANSWERS_ONLY =
            new ChannelAccount(
                    "quiet",
                    false,
                    new PassiveReplies(Duration.ofSeconds(5), 3, Duration.ofSeconds(2)),
                    List.of(),
                    Map.of(),
                    Capabilities.words(TextLimit.bytes(2048)).build());

    private final TestRedis redis = TestRedis.shared();
    private final TestRedis nowhere = TestRedis.nowhere();

    @AfterEach
    void close() {
        redis.close();
        nowhere.close();
    }

    @Test
    void nodesCountTheTriesOfAMessageTogether() {
        var here = new Tries(redis.template);
        var elsewhere = new Tries(redis.template);
        var message = message("counted-" + System.nanoTime());

        assertThat(count(here, message, 0).number()).isEqualTo(1);
        assertThat(count(elsewhere, message, 5_000).number()).isEqualTo(2);
        assertThat(count(here, message, 8_500)).isEqualTo(new Try(3, false, true, false));
    }

    @Test
    void withoutRedisTheLastTryIsKnownByItsTime() {
        var message = message("alone");

        assertThat(count(new Tries(nowhere.template), message, 300).last()).isFalse();
        assertThat(count(new Tries(nowhere.template), message, 6_200).last()).isFalse();
        assertThat(count(new Tries(nowhere.template), message, 10_100).last()).isTrue();
    }

    private static Try count(Tries tries, InboundMessage message, int millis) {
        return Objects.requireNonNull(
                tries.count(ANSWERS_ONLY, message, SENT.plusMillis(millis)).block());
    }

    private static InboundMessage message(String key) {
        return new InboundMessage(
                new Address("fake", "quiet", "lilei"),
                key,
                key,
                new Content.Text("你好"),
                Trigger.MESSAGE,
                SENT,
                SENT,
                "");
    }
}
