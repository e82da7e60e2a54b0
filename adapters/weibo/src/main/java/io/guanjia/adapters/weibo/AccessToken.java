package io.guanjia.adapters.weibo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.ApiClient.ApiAnswer;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.HealthSign;

import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * The access token of one account, and what the platform thinks of it. It cannot be renewed without
 * the account's owner, so all there is to do is to say in time when it ends. Source: 微博开放平台,
 * OAuth2/get_token_info.
 */
final class AccessToken {

    private static final String PART = "token";

    /** Time enough for somebody to find the account's owner. */
    private static final Duration SOON = Duration.ofDays(3);

    /** Often enough for a life of days. */
    private static final Duration ASKED_AGAIN_AFTER = Duration.ofMinutes(10);

    private final String token;
    private final ApiClient http;
    private final JsonMapper json;
    private final Clock clock;
    private final Mono<HealthSign> asked;
    private volatile Word lastWord = Word.NONE;

    private enum Word {
        NONE,
        ACCEPTED,
        REFUSED
    }

    AccessToken(
            WeiboAccount account, ConnectionProvider connections, JsonMapper json, Clock clock) {
        this.token = account.accessToken();
        this.http = new ApiClient(account.authorisation(), account.timeout(), connections);
        this.json = json;
        this.clock = clock;
        this.asked =
                Mono.defer(this::ask)
                        .cache(
                                sign -> ASKED_AGAIN_AFTER,
                                error -> Duration.ZERO,
                                () -> Duration.ZERO);
    }

    /** As it stands in an address. */
    String parameter() {
        return "access_token=" + ReplyWriter.encoded(token);
    }

    /** A call was let in with it. */
    void accepted() {
        lastWord = Word.ACCEPTED;
    }

    /** A call was turned away because of it. */
    void refused() {
        lastWord = Word.REFUSED;
    }

    /** Empty where nothing is known. */
    Mono<HealthSign> health() {
        return Mono.defer(
                () ->
                        lastWord == Word.REFUSED
                                ? Mono.just(HealthSign.ill(PART, "refused"))
                                : asked.onErrorResume(
                                                DeliveryException.class, error -> Mono.empty())
                                        .switchIfEmpty(Mono.defer(this::byCalls)));
    }

    private Mono<HealthSign> byCalls() {
        return lastWord == Word.ACCEPTED ? Mono.just(HealthSign.well(PART, null)) : Mono.empty();
    }

    private Mono<HealthSign> ask() {
        return http.post(
                        "/oauth2/get_token_info",
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        parameter().getBytes(UTF_8))
                .flatMap(this::sign);
    }

    private Mono<HealthSign> sign(ApiAnswer answer) {
        var body = Answered.read(answer, json);
        if (body == null) {
            return Mono.empty();
        }
        var code = Answered.error(body);
        if (code != 0) {
            return WeiboError.of(code) == WeiboError.TOKEN_REFUSED
                    ? Mono.just(HealthSign.ill(PART, "refused"))
                    : Mono.empty();
        }
        return body.has("expire_in")
                ? Mono.just(lasting(Duration.ofSeconds(body.path("expire_in").asLong(0))))
                : Mono.empty();
    }

    private HealthSign lasting(Duration left) {
        if (!left.isPositive()) {
            return HealthSign.ill(PART, "expired");
        }
        var until = clock.instant().plus(left);
        return left.compareTo(SOON) < 0
                ? new HealthSign(PART, "expiring", until)
                : HealthSign.well(PART, until);
    }

    /** Leaves out the token: this ends up in logs. */
    @Override
    public String toString() {
        return "AccessToken[" + lastWord + "]";
    }
}
