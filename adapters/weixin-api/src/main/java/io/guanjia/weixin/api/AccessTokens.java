package io.guanjia.weixin.api;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.SharedTokens.Fetched;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Where one account's access tokens come from: 稳定版接口调用凭据.
 *
 * <p>Asked without force, the platform hands out the same token until five minutes before its end,
 * and the old one stays good for five minutes more. Forcing a new one is allowed 20 times a day and
 * every 30 s; therefore it is done only for a token that was rejected and that the platform still
 * hands out. Source: 微信开放文档, getStableAccessToken.
 */
final class AccessTokens {

    private static final Duration BETWEEN_FORCED = Duration.ofSeconds(30);

    private final Application application;
    private final WeixinHttp http;
    private final ErrorTable errors;
    private final JsonMapper json;
    private final Clock clock;
    private final AtomicReference<Instant> lastForced = new AtomicReference<>(Instant.MIN);

    AccessTokens(
            Application application,
            WeixinHttp http,
            ErrorTable errors,
            JsonMapper json,
            Clock clock) {
        this.application = application;
        this.http = http;
        this.errors = errors;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A token, another than {@code rejected} if the platform has one. Fails with {@link
     * DeliveryException}.
     */
    Mono<Fetched> fetch(@Nullable String rejected) {
        var unforced = ask(false);
        if (rejected == null) {
            return unforced;
        }
        return unforced.flatMap(
                fetched -> fetched.token().equals(rejected) ? force() : Mono.just(fetched));
    }

    private Mono<Fetched> force() {
        return Mono.defer(
                () -> {
                    var now = clock.instant();
                    var last = lastForced.get();
                    if (last.plus(BETWEEN_FORCED).isAfter(now)
                            || !lastForced.compareAndSet(last, now)) {
                        return Mono.error(
                                new DeliveryException.Throttled(
                                        "access token rejected again within 30 s", BETWEEN_FORCED));
                    }
                    return ask(true);
                });
    }

    private Mono<Fetched> ask(boolean force) {
        var request =
                json.createObjectNode()
                        .put("grant_type", "client_credential")
                        .put("appid", application.appId())
                        .put("secret", application.secret())
                        .put("force_refresh", force)
                        .toString();
        return http.post(Api.STABLE_TOKEN, null, request).flatMap(this::token);
    }

    private Mono<Fetched> token(JsonNode answer) {
        var token = answer.path("access_token").asString("");
        if (!token.isEmpty()) {
            var life = Duration.ofSeconds(answer.path("expires_in").asLong(0));
            return Mono.just(new Fetched(token, life));
        }
        int code = answer.path("errcode").asInt(-1);
        return Mono.error(
                errors.of(code)
                        .toException(
                                Api.STABLE_TOKEN,
                                "access token: " + errors.describe(code),
                                clock.instant()));
    }
}
