package io.guanjia.adapters.sms.tencent;

import io.guanjia.adapters.sms.ChinaTime;
import io.guanjia.adapters.sms.JsonBody;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.CallsLeft;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to ask how many messages are still paid for by packages (腾讯云短信, 套餐包信息统计,
 * SmsPackagesStatistics 2021-01-11, document 382/55964). It tells of packages by when they were
 * bought, and takes no time that is not over: one that was bought just now is known within two
 * hours.
 */
final class TencentPackages {

    static final String ACTION = "SmsPackagesStatistics";

    /** What {@link CallsLeft#api} says. */
    static final String NAME = "packages";

    /** The most the platform tells at once. */
    private static final int PAGE = 500;

    /** Longer than a package is good for. */
    private static final Duration LOOKED_BACK = Duration.ofDays(3 * 365);

    private TencentPackages() {}

    static String question(String smsSdkAppId, Instant now) {
        var end = now.minus(Duration.ofHours(1));
        return JsonBody.write(
                Map.of(
                        "SmsSdkAppId",
                        smsSdkAppId,
                        "Limit",
                        PAGE,
                        "Offset",
                        0,
                        "BeginTime",
                        ChinaTime.writtenHour(end.minus(LOOKED_BACK)),
                        "EndTime",
                        ChinaTime.writtenHour(end)));
    }

    /**
     * What is left of all packages that are good now. Empty where there is none, and where the
     * answer does not tell, as when the user may not ask. Fails as {@link ApiAnswer#required} does
     * where it is no answer of this platform.
     */
    static Optional<CallsLeft> read(ApiAnswer answer, Instant now) {
        var body = JsonBody.parse(answer.text());
        if (body == null) {
            answer.required();
            return Optional.empty();
        }
        var packages =
                body.path("Response").path("SmsPackagesStatisticsSet").valueStream().toList();
        // A sum without those on further pages would be wrong.
        return packages.size() < PAGE ? sum(packages, now.getEpochSecond()) : Optional.empty();
    }

    private static Optional<CallsLeft> sum(List<JsonNode> packages, long now) {
        var good =
                packages.stream()
                        .filter(one -> one.path("PackageEffectiveTime").asLong(0) <= now)
                        .filter(one -> one.path("PackageExpiredTime").asLong(0) > now)
                        .toList();
        var bought = good.stream().mapToLong(one -> one.path("PackageAmount").asLong(0)).sum();
        var used = good.stream().mapToLong(one -> one.path("CurrentUsage").asLong(0)).sum();
        return bought <= 0
                ? Optional.empty()
                : Optional.of(CallsLeft.inPackages(NAME, Math.max(0, bought - used), bought));
    }
}
