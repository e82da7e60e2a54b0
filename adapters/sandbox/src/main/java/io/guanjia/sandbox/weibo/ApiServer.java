package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.http.Cut;
import io.guanjia.sandbox.http.Json;
import io.netty.handler.codec.http.QueryStringDecoder;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes the calls: finds out whose they are, lets faults strike, checks token and limits. */
final class ApiServer {

    private final WeiboPlatform platform;
    private final Clock clock;

    ApiServer(WeiboPlatform platform, Clock clock) {
        this.platform = platform;
        this.clock = clock;
    }

    /** Everything under {@code /weibo}. */
    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .GET("/weibo/files/{account}/{fid}", this::picture)
                .route(
                        RequestPredicates.path("/weibo/**"),
                        request ->
                                Api.at(request.path())
                                        .map(api -> call(api, request))
                                        .orElseGet(() -> ServerResponse.notFound().build()))
                .build();
    }

    private Mono<ServerResponse> call(Api api, ServerRequest request) {
        return form(request)
                .flatMap(
                        form -> {
                            var token = form.getOrDefault("access_token", "");
                            var account = platform.withToken(token);
                            return account == null
                                    ? respond(
                                            ApiAnswer.refused(
                                                    api,
                                                    token.isEmpty()
                                                            ? WeiboError.TOKEN_MISSING
                                                            : WeiboError.TOKEN_INVALID))
                                    : new Handling(api, account, request, form).answer();
                        });
    }

    /** What the address and the body say; the body comes first. */
    private static Mono<Map<String, String>> form(ServerRequest request) {
        var query = request.uri().getRawQuery();
        return request.bodyToMono(String.class)
                .defaultIfEmpty("")
                .map(
                        body -> {
                            var form = new HashMap<String, String>();
                            fill(form, query);
                            fill(form, body);
                            return form;
                        });
    }

    private static void fill(Map<String, String> form, @Nullable String encoded) {
        if (encoded != null && !encoded.isEmpty()) {
            new QueryStringDecoder(encoded, false)
                    .parameters()
                    .forEach((name, values) -> form.put(name, values.getFirst()));
        }
    }

    /** For the page, which has no token. */
    private Mono<ServerResponse> picture(ServerRequest request) {
        var name = request.pathVariable("account");
        return platform.accounts().stream()
                .filter(account -> account.name().equals(name))
                .findAny()
                .map(account -> account.files().find(request.pathVariable("fid")))
                .map(file -> respond(new ApiAnswer(200, file.mimeType(), file.bytes(), 0)))
                .orElseGet(() -> ServerResponse.notFound().build());
    }

    private static Mono<ServerResponse> respond(ApiAnswer answer) {
        return ServerResponse.status(answer.status())
                .contentType(MediaType.parseMediaType(answer.mimeType()))
                .bodyValue(answer.body());
    }

    /** A call whose account is known. */
    private final class Handling {

        private final Api api;
        private final WeiboAccount account;
        private final ServerRequest request;
        private final Map<String, String> form;
        private final List<Effect> effects;
        private final long startedNanos = System.nanoTime();

        Handling(Api api, WeiboAccount account, ServerRequest request, Map<String, String> form) {
            this.api = api;
            this.account = account;
            this.request = request;
            this.form = form;
            this.effects = account.faults().strike(api.label());
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
            var answer = process();
            for (var effect : effects) {
                switch (effect) {
                    case Effect.Hang _ -> {
                        return silence(Mono.never());
                    }
                    case Effect.Close _ -> {
                        return silence(Cut.connection(request));
                    }
                    default -> {}
                }
            }
            return answered(answer);
        }

        /** What happens instead of an effect of the call; null when it is processed. */
        private @Nullable Mono<ServerResponse> instead(Effect effect) {
            return switch (effect) {
                case Effect.Status fault -> {
                    record(fault.status(), 0);
                    yield ServerResponse.status(fault.status()).build();
                }
                case Effect.ErrorCode fault -> answered(ApiAnswer.refused(api, fault.code()));
                case Effect.Hang fault -> fault.accepted() ? null : silence(Mono.never());
                case Effect.Close fault ->
                        fault.accepted() ? null : silence(Cut.connection(request));
                default -> null;
            };
        }

        private ApiAnswer process() {
            if (!request.method().equals(api.method())) {
                return ApiAnswer.refused(api, WeiboError.METHOD);
            }
            return switch (account.token()) {
                case EXPIRED -> ApiAnswer.refused(api, WeiboError.TOKEN_EXPIRED);
                case REVOKED -> ApiAnswer.refused(api, WeiboError.TOKEN_REVOKED);
                case GOOD -> taken();
            };
        }

        private ApiAnswer taken() {
            var tooMany = api.isCounted() ? account.limits().take(api) : null;
            if (tooMany != null) {
                return ApiAnswer.refused(api, tooMany);
            }
            var shown = effects.stream().noneMatch(Effect.SilentDrop.class::isInstance);
            return api.answer(account, form, shown);
        }

        private Mono<ServerResponse> answered(ApiAnswer answer) {
            record(answer.status(), answer.code());
            return respond(answer);
        }

        private Mono<ServerResponse> silence(Mono<ServerResponse> nothing) {
            record(0, 0);
            return nothing;
        }

        private void record(int status, int code) {
            var latency = Duration.ofNanos(System.nanoTime() - startedNanos);
            var asked = Json.object();
            form.forEach(
                    (name, value) -> {
                        if (!name.equals("access_token")) {
                            asked.put(name, value);
                        }
                    });
            var fault =
                    effects.stream()
                            .map(effect -> effect.getClass().getSimpleName())
                            .collect(Collectors.joining(", "));
            account.called(
                    number ->
                            new ApiCall(
                                    number,
                                    api.label(),
                                    clock.instant(),
                                    latency,
                                    status,
                                    code,
                                    asked.toString(),
                                    fault));
        }
    }
}
