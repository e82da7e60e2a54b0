package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.quota.CallQuotas;
import io.guanjia.sandbox.quota.CallQuotas.Usage;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * How often an account's server may call in an hour: from its address, for the account, and for the
 * account by one API. Source: 微博开放平台, 接口访问频次权限 and account/rate_limit_status. The platform
 * publishes no numbers for 粉丝服务平台, so there is no limit until somebody sets one.
 */
final class HourlyLimits {

    /** What is counted by address; here each account has one of its own. */
    static final String ADDRESS = "ip";

    /** What is counted by account. */
    static final String USER = "user";

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    private final Clock clock;
    private final CallQuotas calls;

    HourlyLimits(Clock clock) {
        this.clock = clock;
        this.calls = new CallQuotas(clock, ChronoUnit.HOURS, Map.of());
    }

    CallQuotas calls() {
        return calls;
    }

    /** Counts a call; says why it is one too many, or null. */
    @Nullable WeiboError take(Api api) {
        var lacking = calls.lacking(List.of(ADDRESS, USER, api.label()));
        if (lacking == null) {
            return null;
        }
        return switch (lacking) {
            case ADDRESS -> WeiboError.IP_RATE;
            case USER -> WeiboError.USER_RATE;
            default -> WeiboError.API_RATE;
        };
    }

    /** What account/rate_limit_status answers. */
    ObjectNode status() {
        var usage = calls.usage();
        var status = Json.object();
        var ofApis = status.putArray("api_rate_limits");
        for (var api : Api.values()) {
            var own = usage.get(api.label());
            if (own != null && own.limit() >= 0) {
                ofApis.addObject()
                        .put("api", "/" + api.label())
                        .put("limit", own.limit())
                        .put("limit_time_unit", "HOURS")
                        .put("remaining_hits", own.left());
            }
        }
        put(status, usage.get(ADDRESS), "ip_limit", "remaining_ip_hits");
        put(status, usage.get(USER), "user_limit", "remaining_user_hits");
        return status.put("limit_time_unit", "HOURS")
                .put("reset_time", WRITTEN.format(calls.end()))
                .put(
                        "reset_time_in_seconds",
                        Duration.between(clock.instant(), calls.end()).toSeconds());
    }

    private static void put(
            ObjectNode status, @Nullable Usage usage, String limit, String remaining) {
        if (usage != null && usage.limit() >= 0) {
            status.put(limit, usage.limit()).put(remaining, usage.left());
        }
    }
}
