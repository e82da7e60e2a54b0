package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.fault.FaultControl;
import io.guanjia.sandbox.http.Exchange;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.http.Problems;
import io.guanjia.sandbox.quota.QuotaControl;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.util.function.UnaryOperator;

/**
 * Faults, limits, calls and the console's check, below {@code /sandbox/api/} and the product's
 * name; and what a product adds of its own.
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
                        routes -> {
                            more.apply(routes)
                                    .PUT(ACCOUNT + "/at-once", this::setAtOnce)
                                    .GET(ACCOUNT + "/calls", this::calls)
                                    .POST(ACCOUNT + "/verify", this::verify)
                                    .POST("/expire-tokens", this::expireTokens);
                            new FaultControl<>(
                                            product::require,
                                            CorpAccount::faults,
                                            account -> account.changed("faults", ""))
                                    .addTo(routes);
                            new QuotaControl(name -> product.require(name).limits().perMinute())
                                    .addTo(routes);
                            routes.filter(Problems::filter);
                        })
                .build();
    }

    private A account(ServerRequest request) {
        return product.require(request.pathVariable("account"));
    }

    /** How many calls of an API may be under way at once. */
    private record AtOnce(String api, int most) {}

    private Mono<ServerResponse> setAtOnce(ServerRequest request) {
        var account = account(request);
        return Exchange.body(request, AtOnce.class)
                .flatMap(
                        given -> {
                            account.limits().atOnce(given.api(), given.most());
                            return Exchange.ok(given);
                        });
    }

    private Mono<ServerResponse> calls(ServerRequest request) {
        return Exchange.ok(account(request).callsKept());
    }

    private Mono<ServerResponse> verify(ServerRequest request) {
        return Mono.fromCompletionStage(account(request).verify())
                .flatMap(right -> Exchange.ok(Json.object().put("verified", right)));
    }

    private Mono<ServerResponse> expireTokens(ServerRequest request) {
        product.expireTokens();
        return Exchange.done();
    }
}
