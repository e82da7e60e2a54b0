package io.guanjia.adapters.weibo;

import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.CallsLeft.Per;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.Inquiry;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How often the platform may still be called: for this account, from our address, and for private
 * replies where these have a limit of their own. Asking costs none of it. Source: 微博开放平台,
 * account/rate_limit_status and 接口访问频次权限.
 */
final class RateLimits {

    /** By account, over all APIs. */
    static final String USER = "user-calls";

    /** By our address, over all APIs and accounts. */
    static final String ADDRESS = "address-calls";

    static final String PATH = "/2/account/rate_limit_status.json";

    private static final String API = "rate-limit-status";

    /** As {@code api_rate_limits} name it. */
    private static final String REPLY = "/messages/reply";

    /** By whose clock an hour and a day begin. */
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    private final AccessToken token;
    private final ApiClient http;
    private final JsonMapper json;
    private final Clock clock;
    private final Inquiry<Standing> inquiry;

    /** What the platform said at a time. */
    private record Standing(JsonNode limits, Instant at) {}

    RateLimits(
            WeiboAccount account,
            AccessToken token,
            ConnectionProvider connections,
            JsonMapper json,
            Clock clock) {
        this.token = token;
        this.http = new ApiClient(account.authorisation(), account.timeout(), connections);
        this.json = json;
        this.clock = clock;
        this.inquiry = new Inquiry<>(this::ask, Schedulers.parallel());
    }

    /** Nothing of an hour or a day that is over since. Does not fail. */
    Flux<CallsLeft> look() {
        return inquiry.look()
                .flatMapIterable(
                        standing ->
                                calls(standing.limits())
                                        .filter(calls -> isStill(calls.per(), standing.at()))
                                        .toList());
    }

    /** Nothing where the platform will not say. Fails where it may say later. */
    private Mono<Standing> ask() {
        return http.get(PATH + "?" + token.parameter(), Map.of())
                .map(answer -> new Standing(limits(answer), clock.instant()))
                .onErrorResume(Refused.class, refused -> Mono.empty())
                .onErrorResume(Blocked.class, blocked -> Mono.empty());
    }

    /** Fails with {@link DeliveryException}. */
    private JsonNode limits(ApiAnswer answer) {
        var body = Answered.read(answer, json);
        var code = body == null ? 0 : Answered.error(body);
        if (code != 0) {
            throw WeiboError.of(code).toException(API, WeiboError.describe(code), clock.instant());
        }
        answer.required();
        if (body == null) {
            throw new Refused("answer is not what the platform documents");
        }
        return body;
    }

    private static Stream<CallsLeft> calls(JsonNode limits) {
        var whole =
                Stream.of(
                        left(USER, limits, "remaining_user_hits", "user_limit"),
                        left(ADDRESS, limits, "remaining_ip_hits", "ip_limit"));
        var replies =
                limits.path("api_rate_limits")
                        .valueStream()
                        .filter(one -> one.path("api").asString("").endsWith(REPLY))
                        .map(one -> left(FansServiceApi.REPLY, one, "remaining_hits", "limit"));
        return Stream.concat(replies, whole).flatMap(Optional::stream);
    }

    /** Empty where there is no limit, or one by the minute, which is over before anybody looks. */
    private static Optional<CallsLeft> left(
            String api, JsonNode limits, String remaining, String limit) {
        var of = limits.path(limit).asLong(0);
        if (of <= 0) {
            return Optional.empty();
        }
        var left = Math.max(0, limits.path(remaining).asLong(0));
        return switch (limits.path("limit_time_unit").asString("")) {
            case "HOURS" -> Optional.of(CallsLeft.thisHour(api, left, of));
            case "DAYS" -> Optional.of(CallsLeft.today(api, left, of));
            default -> Optional.empty();
        };
    }

    private boolean isStill(Per per, Instant at) {
        var unit = per == Per.DAY ? ChronoUnit.DAYS : ChronoUnit.HOURS;
        var end = at.atZone(BEIJING).truncatedTo(unit).plus(1, unit).toInstant();
        return clock.instant().isBefore(end);
    }
}
