package io.guanjia.adapters.sms.tencent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.DeliveryException;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

class TencentPackagesTest {

    /** 16:30 in China. */
    private static final Instant NOW = Instant.parse("2026-03-02T08:30:15Z");

    private static final long YESTERDAY = NOW.minusSeconds(86_400).getEpochSecond();
    private static final long TOMORROW = NOW.plusSeconds(86_400).getEpochSecond();

    @Test
    void addsUpThePackagesThatAreGoodNow() {
        var left =
                read(
                        List.of(
                                one(1_000, 1_000, YESTERDAY, TOMORROW),
                                one(10_000, 4_000, YESTERDAY, TOMORROW),
                                one(10_000, 0, YESTERDAY - 1, YESTERDAY),
                                one(10_000, 0, TOMORROW, TOMORROW + 1)));

        assertThat(left).contains(CallsLeft.inPackages("packages", 6_000, 11_000));
    }

    @Test
    void saysThatNothingIsLeft() {
        assertThat(read(List.of(one(1_000, 1_003, YESTERDAY, TOMORROW))))
                .contains(CallsLeft.inPackages("packages", 0, 1_000));
    }

    @Test
    void saysNothingToWhoPaysAfterwards() {
        assertThat(read(List.of())).isEmpty();
        assertThat(read(List.of(one(1_000, 0, YESTERDAY - 1, YESTERDAY)))).isEmpty();
    }

    @Test
    void addsNothingUpThatIsNotTheWhole() {
        var page = Collections.nCopies(500, one(1_000, 999, YESTERDAY, TOMORROW));

        assertThat(read(page)).isEmpty();
    }

    @Test
    void saysNothingToWhoMayNotAsk() {
        assertThat(read(200, Samples.error("UnauthorizedOperation.RequestPermissionDeny")))
                .isEmpty();
        assertThat(read(200, "[]")).isEmpty();
        assertThatThrownBy(() -> read(503, "<html>")).isInstanceOf(DeliveryException.class);
    }

    @Test
    void asksForAllThatWereBoughtBeforeThisHour() {
        var question = JsonMapper.shared().readTree(TencentPackages.question("1400006666", NOW));

        assertThat(question.path("SmsSdkAppId").asString()).isEqualTo("1400006666");
        assertThat(question.path("BeginTime").asString()).isEqualTo("2023030315");
        assertThat(question.path("EndTime").asString()).isEqualTo("2026030215");
        assertThat(question.path("Limit").asInt(0)).isEqualTo(500);
        assertThat(question.path("Offset").asInt(-1)).isZero();
    }

    private static Optional<CallsLeft> read(List<String> packages) {
        return read(
                200,
                "{\"Response\":{\"SmsPackagesStatisticsSet\":["
                        + String.join(",", packages)
                        + "],\"RequestId\":\"r\"}}");
    }

    private static Optional<CallsLeft> read(int status, String answer) {
        return TencentPackages.read(new ApiAnswer(status, answer.getBytes(UTF_8)), NOW);
    }

    private static String one(long amount, long used, long from, long until) {
        return """
        {"PackageCreateTime":%d,"PackageEffectiveTime":%d,"PackageExpiredTime":%d,
         "PackageAmount":%d,"PackageType":1,"PackageId":1000791745,"CurrentUsage":%d}
        """
                .formatted(from, from, until, amount, used);
    }
}
