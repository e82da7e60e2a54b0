package io.guanjia.adapters.weibo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guanjia.contract.FakePlatform;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.sandbox.SandboxClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class RateLimitsTest {

    /** The example of the documents, and what was seen beside it. */
    private static final String LIMITS =
            """
            {"api_rate_limits":[
              {"api":"/statuses/update","limit":30,"limit_time_unit":"HOURS","remaining_hits":30},
              {"api":"/messages/reply","limit":50,"limit_time_unit":"MINUTES","remaining_hits":50},
              {"api":"/messages/reply","limit":500,"limit_time_unit":"HOURS","remaining_hits":12},
              {"api":"/messages/reply","limit":5000,"limit_time_unit":"DAYS","remaining_hits":99}],
             "ip_limit":10000,"limit_time_unit":"HOURS","remaining_ip_hits":9000,
             "remaining_user_hits":149,"reset_time":"2026-03-02 17:00:00",
             "reset_time_in_seconds":1415,"user_limit":150}
            """;

    private static final CallsLeft REPLIES_TODAY = CallsLeft.today("messages-reply", 99, 5000);

    private final SandboxClock clock =
            new SandboxClock(Clock.fixed(Instant.parse("2026-03-02T08:30:00Z"), ZoneOffset.UTC));
    private final FakePlatform platform = new FakePlatform();
    private final WeiboChannel channel =
            new WeiboChannel(
                    List.of(
                            Accounts.demo(
                                    Map.of(
                                            "api-base",
                                            platform.address().toString(),
                                            "timeout",
                                            "2s"))),
                    JsonMapper.shared(),
                    clock);

    @AfterEach
    void close() {
        channel.close();
        platform.close();
    }

    @Test
    void saysWhatIsLeftByAccountByAddressAndForRepliesAndAsksOnceForManyLooks() {
        platform.answer(RateLimits.PATH, LIMITS);

        awaitLeft(
                CallsLeft.thisHour("messages-reply", 12, 500),
                REPLIES_TODAY,
                CallsLeft.thisHour("user-calls", 149, 150),
                CallsLeft.thisHour("address-calls", 9000, 10000));
        assertThat(left()).hasSize(4);
        assertThat(platform.all()).hasSize(1);
        assertThat(platform.all().getFirst().query())
                .isEqualTo("access_token=2.00token%2B%2F%3Dvalue");
    }

    @Test
    void saysNothingOfAnHourThatIsOver() {
        platform.answer(RateLimits.PATH, LIMITS);
        await().untilAsserted(() -> assertThat(left()).hasSize(4));

        clock.advance(Duration.ofMinutes(30));
        assertThat(left()).containsExactly(REPLIES_TODAY);

        // Midnight in Beijing.
        clock.advance(Duration.ofHours(7));
        assertThat(left()).isEmpty();
    }

    @Test
    void whatIsUsedUpIsLeftByNone() {
        platform.answer(
                RateLimits.PATH,
                """
                {"limit_time_unit":"HOURS","remaining_user_hits":-3,"user_limit":150}
                """);

        awaitLeft(CallsLeft.thisHour("user-calls", 0, 150));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "<html>",
                "{\"error_code\":10014}",
                "{\"error_code\":21327}",
                "{\"limit_time_unit\":\"WEEKS\",\"remaining_user_hits\":1,\"user_limit\":150}"
            })
    void saysNothingWhereThePlatformDoesNotTell(String answer) {
        platform.answer(RateLimits.PATH, answer);

        await().untilAsserted(
                        () -> {
                            assertThat(left()).isEmpty();
                            assertThat(platform.all()).isNotEmpty();
                        });
        assertThat(left()).isEmpty();
        assertThat(channel.callsLeft("other").collectList().block()).isEmpty();
    }

    private void awaitLeft(CallsLeft... expected) {
        await().untilAsserted(() -> assertThat(left()).containsExactly(expected));
    }

    private List<CallsLeft> left() {
        return Objects.requireNonNull(
                channel.callsLeft("demo").collectList().block(Duration.ofSeconds(20)));
    }
}
