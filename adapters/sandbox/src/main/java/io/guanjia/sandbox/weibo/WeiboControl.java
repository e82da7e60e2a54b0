package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.http.Problems;
import io.guanjia.sandbox.weibo.WeiboAccount.TokenState;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/** What tests and pages tell the platform: {@code /sandbox/api/weibo}. */
final class WeiboControl {

    private static final String ACCOUNT = "/accounts/{account}";

    private final WeiboPlatform platform;

    WeiboControl(WeiboPlatform platform) {
        this.platform = platform;
    }

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(
                        "/sandbox/api/weibo",
                        routes ->
                                routes.GET("/accounts", request -> ok(all()))
                                        .POST("/accounts", this::open)
                                        .POST(ACCOUNT + "/verify", this::verify)
                                        .POST(ACCOUNT + "/token/{what}", this::changeToken)
                                        .GET(ACCOUNT + "/callbacks", this::callbacks)
                                        .GET(ACCOUNT + "/calls", this::calls)
                                        .GET(ACCOUNT + "/faults", this::faults)
                                        .POST(ACCOUNT + "/faults", this::addFault)
                                        .DELETE(ACCOUNT + "/faults", this::clearFaults)
                                        .DELETE(ACCOUNT + "/faults/{id}", this::removeFault)
                                        .filter(Problems::filter))
                .build();
    }

    private record AccountView(String name, long uid, URI callback, TokenState token) {}

    private List<AccountView> all() {
        return platform.accounts().stream().map(WeiboControl::view).toList();
    }

    private static AccountView view(WeiboAccount account) {
        return new AccountView(account.name(), account.uid(), account.callback(), account.token());
    }

    /** Takes {@code name}, {@code callback} and the keys of the gateway's settings. */
    private Mono<ServerResponse> open(ServerRequest request) {
        return body(request)
                .flatMap(
                        body -> {
                            var settings = new HashMap<String, String>();
                            body.properties()
                                    .forEach(
                                            one ->
                                                    settings.put(
                                                            one.getKey(),
                                                            Json.text(body, one.getKey())));
                            var name = Objects.requireNonNullElse(settings.remove("name"), "");
                            var callback = settings.remove("callback");
                            if (name.isBlank() || callback == null) {
                                throw new IllegalArgumentException("name or callback is missing");
                            }
                            platform.open(name, settings, URI.create(callback));
                            return answer(HttpStatus.CREATED, view(platform.account(name)));
                        });
    }

    private WeiboAccount account(ServerRequest request) {
        return platform.account(request.pathVariable("account"));
    }

    private Mono<ServerResponse> verify(ServerRequest request) {
        return account(request)
                .verify()
                .flatMap(verified -> ok(Json.object().put("verified", verified)));
    }

    private Mono<ServerResponse> changeToken(ServerRequest request) {
        account(request)
                .token(
                        switch (request.pathVariable("what")) {
                            case "expire" -> TokenState.EXPIRED;
                            case "revoke" -> TokenState.REVOKED;
                            case "restore" -> TokenState.GOOD;
                            default ->
                                    throw new NoSuchElementException(
                                            "a token can be expired, revoked or restored");
                        });
        return ServerResponse.noContent().build();
    }

    private Mono<ServerResponse> callbacks(ServerRequest request) {
        return ok(account(request).callbacks().after(number(request, "after", 0), limit(request)));
    }

    private Mono<ServerResponse> calls(ServerRequest request) {
        return ok(account(request).calls().after(number(request, "after", 0), limit(request)));
    }

    private static int limit(ServerRequest request) {
        return (int) Math.min(number(request, "limit", 100), 10_000);
    }

    private static long number(ServerRequest request, String name, long otherwise) {
        return request.queryParam(name)
                .map(
                        text -> {
                            if (!text.matches("\\d{1,18}")) {
                                throw new IllegalArgumentException(name + " must be a number");
                            }
                            return Long.parseLong(text);
                        })
                .orElse(otherwise);
    }

    private Mono<ServerResponse> faults(ServerRequest request) {
        return ok(account(request).faults().active());
    }

    /**
     * @param probability every time when missing
     * @param times without end when missing
     */
    private record NewFault(
            String target, Effect effect, @Nullable Double probability, @Nullable Integer times) {

        Fault fault() {
            return new Fault(target, effect, probability == null ? 1 : probability, times);
        }
    }

    private Mono<ServerResponse> addFault(ServerRequest request) {
        var account = account(request);
        return body(request)
                .map(body -> account.faults().add(Json.read(body, NewFault.class).fault()))
                .doOnNext(active -> account.publish("faults", ""))
                .flatMap(active -> answer(HttpStatus.CREATED, active));
    }

    private Mono<ServerResponse> clearFaults(ServerRequest request) {
        account(request).faults().clear();
        account(request).publish("faults", "");
        return ServerResponse.noContent().build();
    }

    private Mono<ServerResponse> removeFault(ServerRequest request) {
        var id = request.pathVariable("id");
        if (!id.matches("\\d{1,9}") || !account(request).faults().remove(Integer.parseInt(id))) {
            throw new NoSuchElementException("no such fault");
        }
        account(request).publish("faults", "");
        return ServerResponse.noContent().build();
    }

    private static Mono<ObjectNode> body(ServerRequest request) {
        return request.bodyToMono(String.class)
                .defaultIfEmpty("")
                .map(
                        text -> {
                            var body = Json.readObject(text);
                            if (body == null) {
                                throw new IllegalArgumentException("the body is no JSON object");
                            }
                            return body;
                        });
    }

    private static Mono<ServerResponse> ok(Object body) {
        return answer(HttpStatus.OK, body);
    }

    private static Mono<ServerResponse> answer(HttpStatus status, Object body) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Json.MAPPER.writeValueAsString(body));
    }
}
