package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class HealthTest {

    private static final String PATH = "/oauth2/get_token_info";

    private final FakePlatform platform = new FakePlatform();
    private final WeiboChannel channel =
            Accounts.channel(Map.of("api-base", platform.address().toString(), "timeout", "2s"));

    @AfterEach
    void close() {
        channel.close();
        platform.close();
    }

    @Test
    void saysWhenTheTokenEndsAndAsksSeldom() {
        platform.answer(PATH, "{\"uid\":5011223344,\"create_at\":1,\"expire_in\":864000}");

        assertThat(health())
                .containsExactly(HealthSign.well("token", Callbacks.NOW.plusSeconds(864000)));
        assertThat(health()).hasSize(1);
        assertThat(platform.requests(PATH)).hasSize(1);
        assertThat(platform.requests(PATH).getFirst().text())
                .isEqualTo("access_token=2.00token%2B%2F%3Dvalue");
        assertThat(platform.requests(PATH).getFirst().query()).isEmpty();
    }

    @Test
    void saysInTimeThatTheTokenEndsSoon() {
        platform.answer(PATH, "{\"expire_in\":\"86400\"}");

        assertThat(health())
                .containsExactly(
                        new HealthSign("token", "expiring", Callbacks.NOW.plusSeconds(86400)));
    }

    @Test
    void saysThatTheTokenHasEnded() {
        platform.answer(PATH, "{\"expire_in\":\"-5\"}");

        assertThat(health()).containsExactly(HealthSign.ill("token", "expired"));
    }

    @Test
    void saysThatTheTokenIsRefused() {
        platform.answer(PATH, "{\"error_code\":21332,\"error\":\"invalid_access_token\"}");

        assertThat(health()).containsExactly(HealthSign.ill("token", "refused"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "<html>", "{\"error_code\":10001}"})
    void saysNothingWhereItKnowsNothing(String answer) {
        platform.answer(PATH, answer);

        assertThat(health()).isEmpty();
        assertThat(channel.health("other").collectList().block()).isEmpty();
    }

    @Test
    void goesByTheLastSendWhereThePlatformDoesNotSay() {
        platform.answer(FansServiceApi.PATH, "{\"result\":true}");
        send();
        assertThat(health()).containsExactly(HealthSign.well("token", null));

        platform.answer(FansServiceApi.PATH, "{\"error_code\":21327}");
        send();
        assertThat(health()).containsExactly(HealthSign.ill("token", "refused"));
    }

    private void send() {
        channel.deliver(
                        new OutboundMessage(
                                "d1",
                                new Address("weibo", "demo", Accounts.CUSTOMER),
                                Author.BOT,
                                new Content.Text("您好")))
                .then()
                .onErrorResume(e -> Mono.empty())
                .block(Duration.ofSeconds(20));
    }

    private List<HealthSign> health() {
        return Objects.requireNonNull(
                channel.health("demo").collectList().block(Duration.ofSeconds(20)));
    }
}
