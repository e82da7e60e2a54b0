package io.guanjia.sandbox.sms;

import io.guanjia.sandbox.http.Json;

import tools.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * 腾讯云短信: SmsPackagesStatistics 2021-01-11 (document 382/55964), of packages by when they were
 * bought.
 */
final class TencentPackages {

    static final String API = "SmsPackagesStatistics";

    private static final int MOST = 500;

    private TencentPackages() {}

    /** What stands in {@code Response}. Fails with {@link Refusal}. */
    static ObjectNode answer(Call call, SmsAccount account) {
        var body = Json.readObject(call.body());
        if (body == null) {
            throw new Refusal("FailedOperation.JsonParseFail", "解析请求包体失败");
        }
        if (!Json.text(body, "SmsSdkAppId").equals(account.setting("sms-sdk-app-id"))) {
            throw new Refusal("InvalidParameterValue.SdkAppIdNotExist", "SdkAppId 不存在");
        }
        var limit = body.path("Limit").asInt(-1);
        var offset = body.path("Offset").asInt(-1);
        if (limit < 0 || limit > MOST || offset < 0) {
            throw wrong("Limit, Offset");
        }
        var begin = hour(Json.text(body, "BeginTime"));
        var end = hour(Json.text(body, "EndTime"));
        if (!begin.isBefore(end) || !end.isBefore(account.now())) {
            throw wrong("BeginTime, EndTime");
        }
        var answer = Json.object();
        var set = answer.putArray("SmsPackagesStatisticsSet");
        account.packages().boughtBetween(begin, end).stream()
                .skip(offset)
                .limit(limit)
                .forEach(
                        one ->
                                set.addObject()
                                        .put("PackageCreateTime", one.bought().getEpochSecond())
                                        .put("PackageEffectiveTime", one.bought().getEpochSecond())
                                        .put("PackageExpiredTime", one.until().getEpochSecond())
                                        .put("PackageAmount", one.amount())
                                        .put("PackageType", 1)
                                        .put("PackageId", one.id())
                                        .put("CurrentUsage", one.used()));
        return answer;
    }

    private static Instant hour(String written) {
        try {
            return ChinaClock.readHour(written);
        } catch (DateTimeException e) {
            throw wrong("BeginTime, EndTime");
        }
    }

    private static Refusal wrong(String what) {
        return new Refusal("InvalidParameterValue", what);
    }
}
