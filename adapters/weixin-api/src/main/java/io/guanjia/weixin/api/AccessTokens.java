package io.guanjia.weixin.api;

import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.HealthSign;
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

    private static final String PART = "token";
    private static final String REFUSED = "refused";
    private static final Duration BETWEEN_FORCED = Duration.ofSeconds(30);

    /** How long what was wrong is remembered without asking again. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    private final Application application;
    private final SharedTokens shared;
    private final WeixinHttp http;
    private final ErrorTable errors;
    private final JsonMapper json;
    private final Clock clock;
    private final String key;
    private final AtomicReference<Instant> lastForced = new AtomicReference<>(Instant.MIN);
    private volatile @Nullable Trouble trouble;
    private volatile @Nullable Instant until;

    AccessTokens(
            Application application,
            SharedTokens shared,
            WeixinHttp http,
            ErrorTable errors,
            JsonMapper json,
            Clock clock) {
        this.application = application;
        this.shared = shared;
        this.http = http;
        this.errors = errors;
        this.json = json;
        this.clock = clock;
        // With the AppID, so that a changed setting does not find the other application's token.
        this.key = application.channel() + "/" + application.account() + "/" + application.appId();
    }

    /** Something that keeps us from having a token, and when it was noticed. */
    private record Trouble(String problem, Instant noticed) {}

    /** A token that is good as far as we know. Fails with {@link DeliveryException}. */
    Mono<String> current() {
        return shared.current(key, this::fetch).onErrorMap(AccessTokens::typed);
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

    /** The platform has refused even a fresh token. */
    void refused() {
        trouble = new Trouble(REFUSED, clock.instant());
    }

    private static String problem(DeliveryException error) {
        return error instanceof DeliveryException.Blocked ? REFUSED : "down";
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
                        .put("appid", application.appId())
                        .put("secret", application.secret())
                        .put("force_refresh", force)
                        .toString();
        return http.post(Api.STABLE_TOKEN, null, request)
                .onErrorMap(
                        // Asking for a token sends no message, so nothing is in doubt.
                        DeliveryException.OutcomeUnknown.class,
                        unknown -> new DeliveryException.Unavailable(unknown.reason()))
                .flatMap(this::token)
                .doOnNext(this::well)
                .doOnError(DeliveryException.class, this::ill);
    }

    private void well(Fetched fetched) {
        trouble = null;
        until = clock.instant().plus(fetched.life());
    }

    private void ill(DeliveryException error) {
        trouble = new Trouble(problem(error), clock.instant());
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
