package io.guanjia.adapters.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;

class PushWebhookTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PUSH = "/push";
    private static final Address CUSTOMER = new Address(AppChannel.NAME, "web", "C10086");

    private final FakePlatform platform = new FakePlatform();
    private final ConnectionProvider connections = ConnectionProvider.create("push-test");
    private final Watch clock = new Watch();
    private final PushWebhook webhook =
            new PushWebhook(
                    Accounts.pushing(platform.address().resolve(PUSH)),
                    connections,
                    JsonMapper.shared(),
                    clock);

    @AfterEach
    void close() {
        connections.dispose();
        platform.close();
    }

    @Test
    void callsAgainWhenTheRestIsOver() {
        platform.status(PUSH, 429);
        assertThat(push()).isFalse();
        platform.status(PUSH, 204);
        assertThat(push()).isFalse();

        clock.now = clock.now.plus(Duration.ofSeconds(61));

        assertThat(push()).isTrue();
        assertThat(platform.requests(PUSH)).hasSize(2);
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeTheRestLonger() {
        platform.status(PUSH, 429);
        assertThat(push()).isFalse();
        platform.status(PUSH, 204);

        clock.now = clock.now.minus(Duration.ofHours(2));

        assertThat(push()).isTrue();
    }

    /** Returns whether the service took it. */
    private boolean push() {
        return Boolean.TRUE.equals(
                webhook.call(
                                new OutboundMessage(
                                        UUID.randomUUID().toString(),
                                        CUSTOMER,
                                        Author.BOT,
                                        new Content.Text("在吗")),
                                new Threads.Appended(UUID.randomUUID(), CUSTOMER, 1))
                        .thenReturn(true)
                        .onErrorReturn(Throttled.class, false)
                        .block(PATIENCE));
    }

    private static final class Watch extends Clock {
        private volatile Instant now = Instant.parse("2026-03-02T09:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }
    }
}
