package io.guanjia.adapters.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.contract.FakePlatform;
import io.guanjia.contract.TestClock;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

class PushWebhookTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PUSH = "/push";
    private static final Address CUSTOMER = new Address(AppChannel.NAME, "web", "C10086");

    private final FakePlatform platform = new FakePlatform();
    private final ConnectionProvider connections = ConnectionProvider.create("push-test");
    private final TestClock clock = new TestClock(Instant.parse("2026-03-02T09:00:00Z"));
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

        clock.advance(Duration.ofSeconds(61));

        assertThat(push()).isTrue();
        assertThat(platform.requests(PUSH)).hasSize(2);
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeTheRestLonger() {
        platform.status(PUSH, 429);
        assertThat(push()).isFalse();
        platform.status(PUSH, 204);

        clock.advance(Duration.ofHours(-2));

        assertThat(push()).isTrue();
    }

    @Test
    void aServiceThatDoesNotAnswerIsLeftAloneForAMoment() {
        platform.status(PUSH, 503);
        assertThat(push()).isFalse();
        assertThat(push()).isFalse();
        platform.status(PUSH, 204);

        clock.advance(Duration.ofSeconds(11));

        assertThat(push()).isTrue();
        assertThat(platform.requests(PUSH)).hasSize(2);
    }

    @Test
    void signsWhatItSays() {
        platform.status(PUSH, 204);

        push();

        var request = platform.requests(PUSH).getFirst();
        assertThat(request.headers())
                .containsKeys("x-guanjia-timestamp", "idempotency-key")
                .hasEntrySatisfying(
                        "x-guanjia-signature",
                        signature -> assertThat(signature).matches("sha256=[0-9a-f]{64}"));
        assertThat(request.json().path("preview").asString()).isEqualTo("在吗");
        assertThat(request.json().path("id").asString())
                .isEqualTo(request.headers().get("idempotency-key"));
    }

    /** Returns whether the service took it. */
    private boolean push() {
        var message =
                new OutboundMessage(
                        UUID.randomUUID().toString(), CUSTOMER, Author.BOT, new Content.Text("在吗"));
        return Boolean.TRUE.equals(
                webhook.call(
                                webhook.of(
                                        message,
                                        new Threads.Appended(UUID.randomUUID(), CUSTOMER, 1)))
                        .thenReturn(true)
                        .onErrorReturn(DeliveryException.class, false)
                        .block(PATIENCE));
    }
}
