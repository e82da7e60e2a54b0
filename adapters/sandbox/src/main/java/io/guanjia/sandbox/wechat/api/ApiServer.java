package io.guanjia.sandbox.wechat.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.http.Cut;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.ApiCall;
import io.guanjia.sandbox.wechat.Tokens;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatError;
import io.guanjia.sandbox.wechat.WechatPlatform;
import io.guanjia.sandbox.wechat.message.Pictures;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes the calls: finds out whose they are, lets faults strike, checks token and quota. */
public final class ApiServer {

    private static final String CALLS = "/cgi-bin/";

    private final String path;
    private final WechatPlatform platform;
    private final Clock clock;
    private final Map<String, Route> routes;

    public ApiServer(WechatPlatform platform, Pictures pictures, Clock clock) {
        this.platform = platform;
        this.clock = clock;
        this.path = "/" + platform.product().channel();
        var all = new ArrayList<>(TokenApi.routes());
        all.addAll(MessageApi.routes(platform.product()));
        all.addAll(new MediaApi(pictures).routes());
        all.addAll(AccountApi.routes(platform.product()));
        this.routes = all.stream().collect(Collectors.toMap(Route::api, Function.identity()));
    }

    /** Everything under {@code /wechat}, or whatever the product's channel is called. */
    public RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(path + CALLS + "**", calls -> calls.route(request -> true, this::call))
                .GET(path + "/mmbiz/{id}", this::picture)
                .build();
    }

    private Mono<ServerResponse> call(ServerRequest request) {
        var api = request.path().substring(path.length() + CALLS.length());
        var route = routes.get(api);
        if (route == null) {
            return Responses.of(ApiAnswer.refused(WechatError.INVALID_URL));
        }
        return body(request).flatMap(body -> identify(new Attempt(route, request, body)));
    }

    private static Mono<String> body(ServerRequest request) {
        var type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
        return type.isCompatibleWith(MediaType.MULTIPART_FORM_DATA)
                ? Mono.just("")
                : request.bodyToMono(byte[].class)
                        .map(bytes -> new String(bytes, UTF_8))
                        .defaultIfEmpty("");
    }

    /** A call before it is known whose it is. */
    private record Attempt(Route route, ServerRequest request, String body) {

        String token() {
            return request.queryParam("access_token").orElse("");
        }

        String appId() {
            if (request.method().equals(HttpMethod.GET)) {
                return request.queryParam("appid").orElse("");
            }
            var json = Json.readObject(body);
            return json == null ? "" : Json.text(json, "appid");
        }
    }

    private Mono<ServerResponse> identify(Attempt attempt) {
        var account =
                attempt.route.token()
                        ? platform.whoseToken(attempt.token())
                        : platform.withAppId(attempt.appId());
        if (account == null) {
            return Responses.of(unidentified(attempt));
        }
        return new Handling(attempt, account).answer();
    }

    private static ApiAnswer unidentified(Attempt attempt) {
        if (attempt.route.token()) {
            var token = attempt.token();
            return ApiAnswer.refused(
                    token.isEmpty() ? WechatError.TOKEN_MISSING : Tokens.malformed(token));
        }
        return ApiAnswer.refused(
                attempt.appId().isEmpty() ? WechatError.APPID_MISSING : WechatError.INVALID_APPID);
    }

    private Mono<ServerResponse> picture(ServerRequest request) {
        var id = request.pathVariable("id");
        return platform.accounts().stream()
                .map(account -> Optional.ofNullable(account.media().find(id)))
                .flatMap(Optional::stream)
                .findAny()
                .map(media -> Responses.file(media.mimeType(), media.bytes()))
                .orElseGet(() -> ServerResponse.notFound().build());
    }

    /** A call whose account is known. */
    private final class Handling {

        private final Attempt attempt;
        private final WechatAccount account;
        private final long startedNanos = System.nanoTime();
        private final List<Effect> effects;

        Handling(Attempt attempt, WechatAccount account) {
            this.attempt = attempt;
            this.account = account;
            this.effects = account.faults().strike(attempt.route.api());
        }

        Mono<ServerResponse> answer() {
            var delay =
                    effects.stream()
                            .filter(Effect.Delay.class::isInstance)
                            .map(effect -> ((Effect.Delay) effect).time())
                            .reduce(Duration.ZERO, Duration::plus);
            return delay.isZero() ? now() : Mono.delay(delay).then(Mono.defer(this::now));
        }

        private Mono<ServerResponse> now() {
            for (var effect : effects) {
                var response = instead(effect);
                if (response != null) {
                    return response;
                }
            }
            return process().flatMap(this::respond);
        }

        /** What happens instead of an effect of the call; null when it is processed. */
        private @Nullable Mono<ServerResponse> instead(Effect effect) {
            return switch (effect) {
                case Effect.Status fault -> {
                    record(fault.status(), 0, "");
                    yield ServerResponse.status(fault.status()).build();
                }
                case Effect.ErrorCode fault -> {
                    var message = WechatError.messageFor(fault.code());
                    var refused = new ApiAnswer.Refused(fault.code(), message);
                    yield respondWith(refused);
                }
                case Effect.Hang fault -> fault.accepted() ? null : hang();
                case Effect.Close fault -> fault.accepted() ? null : close();
                default -> null;
            };
        }

        private Mono<ApiAnswer> process() {
            var route = attempt.route;
            if (!attempt.request.method().equals(route.method())) {
                var needed =
                        route.method().equals(HttpMethod.GET)
                                ? WechatError.GET_NEEDED
                                : WechatError.POST_NEEDED;
                return Mono.just(ApiAnswer.refused(needed));
            }
            var wrong = route.token() ? account.check(attempt.token()) : NOTHING_WRONG;
            if (wrong.isPresent()) {
                return Mono.just(ApiAnswer.refused(wrong.get()));
            }
            // Else a used-up quota would keep accounts from clearing it.
            if (!route.api().equals("clear_quota") && !account.takeQuota(route.api())) {
                return Mono.just(ApiAnswer.refused(WechatError.DAILY_QUOTA));
            }
            var shown = effects.stream().noneMatch(Effect.SilentDrop.class::isInstance);
            return route.handler()
                    .apply(new ApiRequest(account, attempt.request, attempt.body, shown));
        }

        private Mono<ServerResponse> respond(ApiAnswer answer) {
            for (var effect : effects) {
                if (effect instanceof Effect.Hang) {
                    return hang();
                }
                if (effect instanceof Effect.Close) {
                    return close();
                }
            }
            return respondWith(answer);
        }

        private Mono<ServerResponse> respondWith(ApiAnswer answer) {
            record(200, answer.code(), Responses.text(answer));
            return Responses.of(answer);
        }

        private Mono<ServerResponse> hang() {
            record(0, 0, "");
            return Mono.never();
        }

        private Mono<ServerResponse> close() {
            record(0, 0, "");
            return Cut.connection(attempt.request);
        }

        private void record(int status, int code, String response) {
            var latency = Duration.ofNanos(System.nanoTime() - startedNanos);
            var fault =
                    effects.stream()
                            .map(effect -> effect.getClass().getSimpleName())
                            .collect(Collectors.joining(", "));
            account.called(
                    number ->
                            new ApiCall(
                                    number,
                                    attempt.route.api(),
                                    clock.instant(),
                                    latency,
                                    status,
                                    code,
                                    Redaction.of(attempt.body),
                                    Redaction.of(response),
                                    fault));
        }
    }

    private static final Optional<WechatError> NOTHING_WRONG = Optional.empty();
}
