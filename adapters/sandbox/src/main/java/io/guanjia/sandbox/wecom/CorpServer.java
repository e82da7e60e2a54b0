package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.http.Json;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Takes the server's calls: finds the account, lets faults strike, checks limits, answers. */
final class CorpServer<A extends CorpAccount> {

    private final CorpProduct<A> product;
    private final CorpTokens tokens;
    private final String prefix;

    CorpServer(CorpProduct<A> product, CorpTokens tokens) {
        this.product = product;
        this.tokens = tokens;
        this.prefix = "/" + product.name() + "/cgi-bin/";
    }

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(prefix + "**", calls -> calls.route(request -> true, this::call))
                .GET(
                        "/" + product.name() + "/media/{id}",
                        request -> CorpFiles.show(product.files(), request.pathVariable("id")))
                .build();
    }

    private Mono<ServerResponse> call(ServerRequest request) {
        var api = request.path().substring(prefix.length());
        return body(request)
                .flatMap(body -> handle(new Attempt(api, request, body)))
                .onErrorResume(CorpRefusal.class, refusal -> refused(refusal.error().code()));
    }

    private static Mono<String> body(ServerRequest request) {
        var type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
        return type.isCompatibleWith(MediaType.MULTIPART_FORM_DATA)
                ? Mono.just("")
                : request.bodyToMono(byte[].class)
                        .map(bytes -> new String(bytes, UTF_8))
                        .defaultIfEmpty("");
    }

    /** A call whose account is known. */
    private Mono<ServerResponse> handle(Attempt attempt) {
        if (attempt.api().equals("gettoken")) {
            var asking = asking(attempt);
            return struck(attempt, asking, _ -> token(asking));
        }
        var account = product.account(attempt, tokens.check(attempt.query("access_token")));
        var begun = System.nanoTime();
        return account.limits()
                .alongside(
                        attempt.api(),
                        struck(
                                attempt,
                                account,
                                shown -> {
                                    account.limits().take(attempt.api());
                                    return product.work(attempt, account, shown);
                                }))
                .onErrorResume(
                        CorpRefusal.class,
                        refusal ->
                                refused(
                                        refusal,
                                        new End(attempt.api(), account, List.of(), begun)));
    }

    private interface Work {

        /**
         * Does what a call asks for.
         *
         * @param shown whether customers see it
         */
        Mono<ServerResponse> of(boolean shown);
    }

    /** A call's answer, unless something goes wrong with it. */
    private Mono<ServerResponse> struck(Attempt attempt, A account, Work work) {
        var effects = account.faults().strike(attempt.api());
        var begun = System.nanoTime();
        return Flux.fromIterable(effects)
                .ofType(Effect.Delay.class)
                .concatMap(delay -> Mono.delay(delay.time()))
                .then(Mono.defer(() -> faulty(attempt, account, work, effects, begun)));
    }

    /** Whoever knows a secret may ask for a token. */
    private A asking(Attempt attempt) {
        var corp = attempt.query("corpid");
        var accounts = product.ofCorp(corp).toList();
        if (accounts.isEmpty()) {
            throw new CorpRefusal(CorpError.INVALID_CORPID);
        }
        return accounts.stream()
                .filter(one -> one.hasSecret(attempt.query("corpsecret")))
                .findFirst()
                .orElseThrow(() -> new CorpRefusal(CorpError.INVALID_SECRET));
    }

    private Mono<ServerResponse> token(A account) {
        var grant = tokens.issue(product.tokenOwner(account));
        return ok(
                Json.object()
                        .put("errcode", 0)
                        .put("errmsg", "ok")
                        .put("access_token", grant.token())
                        .put("expires_in", tokens.secondsLeft(grant)));
    }

    private Mono<ServerResponse> faulty(
            Attempt attempt, A account, Work work, List<Effect> effects, long begun) {
        var end = new End(attempt.api(), account, effects, begun);
        for (var effect : effects) {
            switch (effect) {
                case Effect.Status fault -> {
                    end.at(fault.status(), 0);
                    return ServerResponse.status(fault.status()).build();
                }
                case Effect.ErrorCode fault -> {
                    end.at(200, fault.code());
                    return refused(fault.code());
                }
                case Effect.Hang fault when !fault.accepted() -> {
                    end.at(0, 0);
                    return Mono.never();
                }
                case Effect.Close fault when !fault.accepted() -> {
                    end.at(0, 0);
                    return closed(attempt.request());
                }
                default -> {}
            }
        }
        var shown = effects.stream().noneMatch(Effect.SilentDrop.class::isInstance);
        return Mono.defer(() -> work.of(shown))
                .flatMap(
                        answer -> {
                            if (effects.stream().anyMatch(Effect.Hang.class::isInstance)) {
                                end.at(0, 0);
                                return Mono.never();
                            }
                            if (effects.stream().anyMatch(Effect.Close.class::isInstance)) {
                                end.at(0, 0);
                                return closed(attempt.request());
                            }
                            end.at(200, 0);
                            return Mono.just(answer);
                        })
                .onErrorResume(CorpRefusal.class, refusal -> refused(refusal, end));
    }

    private static Mono<ServerResponse> refused(CorpRefusal refusal, End end) {
        end.at(200, refusal.error().code());
        return refused(refusal.error().code());
    }

    /** Writes the record of a call. */
    private record End(String api, CorpAccount account, List<Effect> effects, long begun) {
        void at(int status, int code) {
            var fault =
                    effects.stream()
                            .map(effect -> effect.getClass().getSimpleName())
                            .collect(Collectors.joining(", "));
            account.called(api, Duration.ofNanos(System.nanoTime() - begun), status, code, fault);
        }
    }

    static Mono<ServerResponse> ok(ObjectNode answer) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(answer.toString());
    }

    private static Mono<ServerResponse> refused(int code) {
        return ok(Json.object().put("errcode", code).put("errmsg", CorpError.messageFor(code)));
    }

    /** Ends the connection without a word. */
    private static Mono<ServerResponse> closed(ServerRequest request) {
        HttpServerResponse response =
                AbstractServerHttpResponse.class
                        .cast(request.exchange().getResponse())
                        .getNativeResponse();
        response.withConnection(connection -> connection.channel().close());
        return Mono.never();
    }
}
