package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.http.Problems;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

/**
 * Faults, calls and the console's check, below {@code /sandbox/api/} and the product's name; and
 * what a product adds of its own.
 */
final class CorpControl<A extends CorpAccount> {

    static final String ACCOUNT = "/accounts/{account}";

    private final CorpProduct<A> product;

    CorpControl(CorpProduct<A> product) {
        this.product = product;
    }

    RouterFunction<ServerResponse> router(UnaryOperator<RouterFunctions.Builder> more) {
        return RouterFunctions.route()
                .path(
                        "/sandbox/api/" + product.name(),
                        routes ->
                                more.apply(routes)
                                        .GET(ACCOUNT + "/faults", this::faults)
                                        .POST(ACCOUNT + "/faults", this::addFault)
                                        .DELETE(ACCOUNT + "/faults", this::clearFaults)
                                        .DELETE(ACCOUNT + "/faults/{id}", this::removeFault)
                                        .GET(ACCOUNT + "/calls", this::calls)
                                        .POST(ACCOUNT + "/verify", this::verify)
                                        .POST("/expire-tokens", this::expireTokens)
                                        .filter(Problems::filter))
                .build();
    }

    private A account(ServerRequest request) {
        return product.require(request.pathVariable("account"));
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
        return request.bodyToMono(String.class)
                .defaultIfEmpty("{}")
                .flatMap(
                        body -> {
                            var json = Json.readObject(body);
                            if (json == null) {
                                throw new IllegalArgumentException("the body must be an object");
                            }
                            var active =
                                    account.faults().add(Json.read(json, NewFault.class).fault());
                            account.changed("faults", "");
                            return ok(active);
                        });
    }

    private Mono<ServerResponse> clearFaults(ServerRequest request) {
        var account = account(request);
        account.faults().clear();
        account.changed("faults", "");
        return ServerResponse.noContent().build();
    }

    private Mono<ServerResponse> removeFault(ServerRequest request) {
        var id = request.pathVariable("id");
        var account = account(request);
        if (!id.matches("\\d{1,9}") || !account.faults().remove(Integer.parseInt(id))) {
            throw new NoSuchElementException("no such fault");
        }
        account.changed("faults", "");
        return ServerResponse.noContent().build();
    }

    private Mono<ServerResponse> calls(ServerRequest request) {
        return ok(account(request).callsKept());
    }

    private Mono<ServerResponse> verify(ServerRequest request) {
        return Mono.fromCompletionStage(account(request).verify())
                .flatMap(right -> ok(Json.object().put("verified", right)));
    }

    private Mono<ServerResponse> expireTokens(ServerRequest request) {
        product.expireTokens();
        return ServerResponse.noContent().build();
    }

    private static Mono<ServerResponse> ok(Object body) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Json.MAPPER.writeValueAsString(body));
    }
}
