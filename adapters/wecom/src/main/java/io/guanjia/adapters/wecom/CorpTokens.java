package io.guanjia.adapters.wecom;

import io.guanjia.gateway.channel.ApiClient;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.SharedTokens;
import io.guanjia.gateway.channel.SharedTokens.Fetched;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The access token of one application of a corporation, shared by all nodes. Asked again while it
 * is good, the platform hands out the same one. Source: 企业微信开发者中心, 获取access_token (91039).
 */
final class CorpTokens {

    private static final String PART = "token";
    private static final String REFUSED = "refused";

    /** The console looks every few seconds. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    private final Corp corp;
    private final SharedTokens shared;
    private final ApiClient http;
    private final Clock clock;
    private volatile @Nullable Trouble trouble;
    private volatile @Nullable Instant until;

    CorpTokens(Corp corp, SharedTokens shared, ApiClient http, Clock clock) {
        this.corp = corp;
        this.shared = shared;
        this.http = http;
        this.clock = clock;
    }

    /** Something that keeps us from having a token, and when it was noticed. */
    private record Trouble(String problem, Instant noticed) {}

    /** A token that is good as far as we know. Fails with {@link DeliveryException}. */
    Mono<String> current() {
        return shared.current(corp.tokenKey(), this::fetch).onErrorMap(CorpTokens::typed);
    }

    /**
     * A token to use instead of {@code rejected}, never that one itself: rejected twice, it would
     * look as if the secret were wrong. Fails with {@link DeliveryException}.
     */
    Mono<String> replace(String rejected) {
        return shared.replace(corp.tokenKey(), rejected, this::fetch)
                .onErrorMap(CorpTokens::typed)
                .flatMap(
                        token ->
                                token.equals(rejected)
                                        ? Mono.error(
                                                new Unavailable("access token: not replaced yet"))
                                        : Mono.just(token));
    }

    /**
     * Whether there is a token, {@code refused} when the platform gives none for these settings and
     * {@code down} when it does not answer. Asks it where nobody has, but not for every look.
     */
    Mono<HealthSign> health() {
        return Mono.defer(
                () -> {
                    var known = trouble;
                    if (known != null
                            && known.noticed.plus(BETWEEN_LOOKS).isAfter(clock.instant())) {
                        return Mono.just(HealthSign.ill(PART, known.problem));
                    }
                    return current()
                            .map(token -> HealthSign.well(PART, until))
                            .onErrorResume(
                                    DeliveryException.class,
                                    error -> Mono.just(HealthSign.ill(PART, problem(error))));
                });
    }

    /** Notes that the platform does not take even a fresh token. */
    void rejected() {
        trouble = new Trouble(REFUSED, clock.instant());
    }

    /** Without a token nothing has been sent, so whatever kept us from it, we may try again. */
    private static DeliveryException typed(Throwable error) {
        return error instanceof DeliveryException known
                ? known
                : new Unavailable("access token: " + error.getClass().getSimpleName());
    }

    private Mono<Fetched> fetch(@Nullable String rejected) {
        return http.get(
                        "/cgi-bin/gettoken?corpid="
                                + encoded(corp.corpId())
                                + "&corpsecret="
                                + encoded(corp.secret()),
                        Map.of())
                .onErrorMap(
                        // Asking for a token sends no message, so nothing is in doubt.
                        OutcomeUnknown.class, unknown -> new Unavailable(unknown.reason()))
                .map(CorpApi::json)
                .map(this::token)
                .doOnError(error -> trouble = new Trouble(problem(error), clock.instant()));
    }

    private Fetched token(JsonNode answer) {
        var token = answer.path("access_token").asString("");
        if (token.isEmpty()) {
            int code = answer.path("errcode").asInt(-1);
            throw CorpError.of(code)
                    .toException("gettoken", "access token: " + CorpError.describe(code));
        }
        var life = Duration.ofSeconds(answer.path("expires_in").asLong(0));
        trouble = null;
        until = clock.instant().plus(life);
        return new Fetched(token, life);
    }

    private static String problem(Throwable error) {
        return error instanceof DeliveryException.Blocked ? REFUSED : "down";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
