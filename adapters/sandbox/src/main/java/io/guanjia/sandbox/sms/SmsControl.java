package io.guanjia.sandbox.sms;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.http.Problems;

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
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** What tests and pages tell a provider, under {@code /sandbox/api/sms-…}. */
final class SmsControl {

    private static final int MOST = 500;

    private final SmsPlatform platform;

    SmsControl(SmsPlatform platform) {
        this.platform = platform;
    }

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(
                        "/sandbox/api/" + platform.name() + "/accounts",
                        routes ->
                                routes.GET("", request -> ok(names()))
                                        .POST("", this::open)
                                        .POST("/{account}/templates", this::addTemplate)
                                        .PUT(
                                                "/{account}/templates/{template}/review",
                                                this::reviewTemplate)
                                        .PUT("/{account}/signature/review", this::reviewSignature)
                                        .PUT("/{account}/balance", this::setBalance)
                                        .POST("/{account}/packages", this::buy)
                                        .PUT("/{account}/numbers/{number}", this::setNumber)
                                        .GET("/{account}/calls", this::calls)
                                        .GET("/{account}/callbacks", this::callbacks)
                                        .GET("/{account}/faults", this::faults)
                                        .POST("/{account}/faults", this::addFault)
                                        .DELETE("/{account}/faults", this::clearFaults)
                                        .filter(Problems::filter))
                .build();
    }

    private List<String> names() {
        return platform.accounts().stream().map(SmsAccount::name).toList();
    }

    private SmsAccount account(ServerRequest request) {
        return platform.account(request.pathVariable("account"));
    }

    private record NewAccount(String name, URI callback, Map<String, String> settings) {}

    private Mono<ServerResponse> open(ServerRequest request) {
        return body(request, NewAccount.class)
                .flatMap(
                        given -> {
                            platform.open(given.name, given.settings, given.callback);
                            return created(names());
                        });
    }

    private Mono<ServerResponse> addTemplate(ServerRequest request) {
        var account = account(request);
        return body(request, SmsTemplate.class)
                .flatMap(
                        template -> {
                            account.add(template);
                            return created(template);
                        });
    }

    /** What reviewers say of a template or of the signature. */
    private record Reviewed(Review review) {}

    private Mono<ServerResponse> reviewTemplate(ServerRequest request) {
        var account = account(request);
        var template = request.pathVariable("template");
        return body(request, Reviewed.class)
                .flatMap(
                        reviewed -> {
                            account.reviewed(template, reviewed.review);
                            return ok(reviewed);
                        });
    }

    private Mono<ServerResponse> reviewSignature(ServerRequest request) {
        var account = account(request);
        return body(request, Reviewed.class)
                .flatMap(
                        reviewed -> {
                            account.signReviewed(reviewed.review);
                            return ok(reviewed);
                        });
    }

    private record Balance(boolean empty) {}

    private Mono<ServerResponse> setBalance(ServerRequest request) {
        var account = account(request);
        return body(request, Balance.class)
                .flatMap(
                        balance -> {
                            account.broke(balance.empty);
                            return ok(balance);
                        });
    }

    /** A package of messages, some of which are spent already. */
    private record Bought(long amount, long used) {}

    private Mono<ServerResponse> buy(ServerRequest request) {
        var account = account(request);
        return body(request, Bought.class)
                .flatMap(
                        given -> {
                            account.buy(given.amount, given.used);
                            return created(given);
                        });
    }

    /** Whether a number is on the list of those who refuse promotions. */
    private record NumberState(boolean refusing) {}

    private Mono<ServerResponse> setNumber(ServerRequest request) {
        var phone =
                account(request)
                        .find(request.pathVariable("number"))
                        .orElseThrow(() -> new NoSuchElementException("no such number"));
        return body(request, NumberState.class)
                .flatMap(
                        state -> {
                            phone.refusing(state.refusing);
                            return ok(state);
                        });
    }

    private Mono<ServerResponse> calls(ServerRequest request) {
        return ok(account(request).calls().after(0, MOST));
    }

    private Mono<ServerResponse> callbacks(ServerRequest request) {
        return ok(account(request).callbacks().after(0, MOST));
    }

    private Mono<ServerResponse> faults(ServerRequest request) {
        return ok(account(request).faults().active());
    }

    /**
     * @param probability every time when missing
     * @param times without end when missing
     */
    private record NewFault(
            String target, Effect effect, @Nullable Double probability, @Nullable Integer times) {}

    private Mono<ServerResponse> addFault(ServerRequest request) {
        var account = account(request);
        return body(request, NewFault.class)
                .flatMap(
                        given -> {
                            var fault =
                                    new Fault(
                                            given.target,
                                            given.effect,
                                            given.probability == null ? 1 : given.probability,
                                            given.times);
                            var active = account.faults().add(fault);
                            account.publish("faults", "");
                            return created(active);
                        });
    }

    private Mono<ServerResponse> clearFaults(ServerRequest request) {
        var account = account(request);
        account.faults().clear();
        account.publish("faults", "");
        return ServerResponse.noContent().build();
    }

    private static <T> Mono<T> body(ServerRequest request, Class<T> type) {
        return request.bodyToMono(String.class)
                .defaultIfEmpty("")
                .map(
                        text -> {
                            @Nullable ObjectNode json = Json.readObject(text);
                            if (json == null) {
                                throw new IllegalArgumentException("the body must be an object");
                            }
                            return Json.read(json, type);
                        });
    }

    private static Mono<ServerResponse> ok(Object body) {
        return answer(HttpStatus.OK, body);
    }

    private static Mono<ServerResponse> created(Object body) {
        return answer(HttpStatus.CREATED, body);
    }

    private static Mono<ServerResponse> answer(HttpStatus status, Object body) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Json.MAPPER.writeValueAsString(body));
    }
}
