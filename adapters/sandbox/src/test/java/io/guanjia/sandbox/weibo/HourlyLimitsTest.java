package io.guanjia.sandbox.weibo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest;
import java.time.Duration;

class HourlyLimitsTest extends WithBank {

    private static final String QUOTAS = "/weibo/accounts/bank/quotas";

    @Test
    void takesAsManyCallsInAnHourAsItIsTold() {
        says("在吗");
        control("PUT", QUOTAS, "{\"api\":\"user\",\"limit\":2}");

        assertThat(code(sends("一"))).isZero();
        assertThat(code(sends("二"))).isZero();
        var refused = reply(TOKEN, form("text", "{\"text\":\"三\"}"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(json(refused))).isEqualTo(10023);
        assertThat(lilei.reads()).containsExactly("一", "二");
        assertThat(json(control("GET", QUOTAS, "")).path("user").path("used").asInt(0))
                .isEqualTo(2);

        sandbox.clock().advance(Duration.ofHours(1));
        assertThat(code(sends("三"))).isZero();
    }

    @Test
    void saysWhatWasUsedUp() {
        says("在吗");

        control("PUT", QUOTAS, "{\"api\":\"messages/reply\",\"exhausted\":true}");
        assertThat(code(sends("您好"))).isEqualTo(10024);
        account.quotas().exhaust("user");
        assertThat(code(sends("您好"))).isEqualTo(10023);
        account.quotas().exhaust("ip");
        assertThat(code(sends("您好"))).isEqualTo(10022);

        sandbox.reset();
        lilei = account.meet("李雷");
        says("在吗");
        assertThat(code(sends("您好"))).isZero();
    }

    @Test
    void tellsWhatIsLeftAndCountsNothingForThat() {
        account.quotas().limit("user", 150);
        account.quotas().limit("ip", 10_000);
        account.quotas().limit("messages/reply", 60);
        says("在吗");
        sends("您好");

        status();
        var status = status();

        assertThat(status.path("user_limit").asInt(0)).isEqualTo(150);
        assertThat(status.path("remaining_user_hits").asInt(0)).isEqualTo(149);
        assertThat(status.path("ip_limit").asInt(0)).isEqualTo(10_000);
        assertThat(status.path("remaining_ip_hits").asInt(0)).isEqualTo(9_999);
        assertThat(status.path("limit_time_unit").asString("")).isEqualTo("HOURS");
        assertThat(status.path("reset_time").asString("")).isEqualTo("2026-03-02 13:00:00");
        assertThat(status.path("reset_time_in_seconds").asInt(0)).isEqualTo(3600);
        assertThat(status.path("api_rate_limits")).hasSize(1);
        var replies = status.path("api_rate_limits").get(0);
        assertThat(replies.path("api").asString("")).isEqualTo("/messages/reply");
        assertThat(replies.path("limit").asInt(0)).isEqualTo(60);
        assertThat(replies.path("remaining_hits").asInt(0)).isEqualTo(59);
        assertThat(replies.path("limit_time_unit").asString("")).isEqualTo("HOURS");
    }

    @Test
    void limitsNothingUntilItIsTold() {
        assertThat(status().has("user_limit")).isFalse();
        assertThat(status().has("ip_limit")).isFalse();
        assertThat(status().path("api_rate_limits")).isEmpty();
    }

    private JsonNode status() {
        return json(
                send(
                        HttpRequest.newBuilder(
                                at(
                                        "/weibo/2/account/rate_limit_status.json?access_token="
                                                + TOKEN))));
    }
}
