package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.SharedTokens;
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
 * The access token of one account, fetched by 稳定版接口调用凭据 and shared by all nodes.
 *
 * <p>Asked without force, the platform hands out the same token until five minutes before its end,
 * and the old one stays good for five minutes more. Forcing a new one is allowed 20 times a day and
 * every 30 s; therefore it is done only for a token that was rejected and that the platform still
 * hands out. Source: 微信开放文档, getStableAccessToken.
 */
final class AccessTokens {

    private static final Duration BETWEEN_FORCED = Duration.ofSeconds(30);

    private final WechatAccount account;
    private final SharedTokens shared;
    private final WechatHttp http;
    private final JsonMapper json;
    private final Clock clock;
    private final String key;
    private final AtomicReference<Instant> lastForced = new AtomicReference<>(Instant.MIN);

    AccessTokens(
            WechatAccount account,
            SharedTokens shared,
            WechatHttp http,
            JsonMapper json,
            Clock clock) {
        this.account = account;
        this.shared = shared;
        this.http = http;
        this.json = json;
        this.clock = clock;
        // With the AppID, so that a changed setting does not find the other application's token.
        this.key = "wechat/" + account.name() + "/" + account.appId();
    }

    /** A token that is good as far as we know. Fails with {@link DeliveryException}. */
    Mono<String> current() {
        return shared.current(key, this::fetch).onErrorMap(AccessTokens::typed);
    }

    /**
     * A token to use instead of {@code rejected}, never that one itself: rejected twice, it would
     * look as if the secret were wrong. Fails with {@link DeliveryException}.
     */
    Mono<String> replace(String rejected) {
        return shared.replace(key, rejected, this::fetch)
                .onErrorMap(AccessTokens::typed)
                .flatMap(
                        token ->
                                token.equals(rejected)
                                        ? Mono.error(
                                                new DeliveryException.Unavailable(
                                                        "access token: not replaced yet"))
                                        : Mono.just(token));
    }

    /** Without a token nothing has been sent, so whatever kept us from it, we may try again. */
    private static DeliveryException typed(Throwable error) {
        return error instanceof DeliveryException known
                ? known
                : new DeliveryException.Unavailable(
                        "access token: " + error.getClass().getSimpleName());
    }

    private Mono<Fetched> fetch(@Nullable String rejected) {
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
                        .put("appid", account.appId())
                        .put("secret", account.secret())
                        .put("force_refresh", force)
                        .toString();
        return http.post(Api.STABLE_TOKEN, null, request)
                .onErrorMap(
                        // Asking for a token sends no message, so nothing is in doubt.
                        DeliveryException.OutcomeUnknown.class,
                        unknown -> new DeliveryException.Unavailable(unknown.reason()))
                .flatMap(this::token);
    }

    private Mono<Fetched> token(JsonNode answer) {
        var token = answer.path("access_token").asString("");
        if (!token.isEmpty()) {
            var life = Duration.ofSeconds(answer.path("expires_in").asLong(0));
            return Mono.just(new Fetched(token, life));
        }
        int code = answer.path("errcode").asInt(-1);
        return Mono.error(
                WechatError.of(code)
                        .toException(
                                Api.STABLE_TOKEN,
                                "access token: " + WechatError.describe(code),
                                clock.instant()));
    }
}
