package io.guanjia.sandbox.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.sandbox.SandboxClock;
import io.guanjia.sandbox.Surroundings;
import io.guanjia.sandbox.history.Changes;
import io.guanjia.sandbox.http.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Packages of messages, as the account's server learns of them and as they are spent. */
class PackagesTest {

    /** Ten seconds past noon in China. */
    private static final Instant NOW = Instant.parse("2026-03-02T04:00:10Z");

    private static final String UNTIL_THIS_HOUR =
            """
            {"SmsSdkAppId":"1400006666","Limit":500,"Offset":0,
             "BeginTime":"2024030200","EndTime":"2026030213"}
            """;

    private final SandboxClock clock = new SandboxClock(Clock.fixed(NOW, ZoneOffset.UTC));
    private final TencentDialect tencent = new TencentDialect();
    private final SmsAccount account = account();

    @Test
    void tellsWhatWasBoughtInThatTimeAndHowMuchIsSpent() {
        account.buy(1_000, 950);
        clock.advance(Duration.ofHours(2));
        account.buy(500, 0);
        send("您好");

        var packages = ask(UNTIL_THIS_HOUR);

        assertThat(packages).hasSize(1);
        var one = packages.get(0);
        assertThat(one.path("PackageAmount").asLong(0)).isEqualTo(1_000);
        assertThat(one.path("CurrentUsage").asLong(0)).isEqualTo(951);
        assertThat(one.path("PackageEffectiveTime").asLong(0)).isEqualTo(NOW.getEpochSecond());
        assertThat(one.path("PackageExpiredTime").asLong(0)).isGreaterThan(NOW.getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"SmsSdkAppId\":\"1400006666\",\"Limit\":500,\"Offset\":0}",
                "{\"SmsSdkAppId\":\"1400006666\",\"Limit\":501,\"Offset\":0,"
                        + "\"BeginTime\":\"2024030200\",\"EndTime\":\"2026030211\"}",
                "{\"SmsSdkAppId\":\"1400006666\",\"Limit\":1,\"Offset\":0,"
                        + "\"BeginTime\":\"2024030200\",\"EndTime\":\"2026030213\"}",
                "{\"SmsSdkAppId\":\"1400006666\",\"Limit\":1,\"Offset\":0,"
                        + "\"BeginTime\":\"2026030211\",\"EndTime\":\"2026030211\"}"
            })
    void takesNoTimeThatIsNotOverAndNoPageThatIsTooLong(String body) {
        assertThatThrownBy(() -> ask(body))
                .isInstanceOf(Refusal.class)
                .hasMessage("InvalidParameterValue");
    }

    @Test
    void paysFromOnePackageAfterTheOtherUntilAllAreSpent() {
        account.buy(2, 1);
        account.buy(1, 0);

        send("一");
        send("二");

        assertThatThrownBy(() -> send("三"))
                .isInstanceOf(Refusal.class)
                .hasMessage("FailedOperation.InsufficientBalanceInSmsPackage");
        account.buy(10, 0);
        send("三");
    }

    @Test
    void whoNeverBoughtAPackagePaysAfterwards() {
        send("您好");

        clock.advance(Duration.ofHours(2));
        assertThat(ask(UNTIL_THIS_HOUR)).isEmpty();
    }

    private void send(String words) {
        var message =
                new Submission(
                        "", List.of("+8613700000001"), "小管家银行", "1110", Map.of("1", words), null);
        assertThat(account.sending().submit(message, false))
                .singleElement()
                .satisfies(result -> assertThat(result.refusal()).isNull());
    }

    private JsonNode ask(String body) {
        var call = new Call("POST", Map.of(), Map.of("x-tc-action", TencentPackages.API), body);
        var reply = tencent.asked(call, account);
        assertThat(reply).isNotNull();
        return Json.MAPPER.readTree(reply.json()).path("Response").path("SmsPackagesStatisticsSet");
    }

    private SmsAccount account() {
        var around =
                new Surroundings(
                        clock,
                        new Changes(),
                        1,
                        "127.0.0.1",
                        () -> URI.create("http://127.0.0.1"),
                        Duration.ZERO,
                        10,
                        10);
        return new SmsAccount(
                "main",
                Map.of("sms-sdk-app-id", "1400006666", "sign-name", "小管家银行"),
                URI.create("http://127.0.0.1"),
                tencent,
                around,
                new CallbackPoster("sms-tencent"));
    }
}
