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

/** Faults, calls and the console's check: {@code /sandbox/api/wecom-kf}. */
final class KfControl {

    private static final String ACCOUNT = "/accounts/{account}";

    private final WecomKfPlatform platform;

    KfControl(WecomKfPlatform platform) {
        this.platform = platform;
    }

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(
                        "/sandbox/api/" + WecomKfPlatform.NAME,
                        routes ->
                                routes.GET(ACCOUNT + "/faults", this::faults)
                                        .POST(ACCOUNT + "/faults", this::addFault)
                                        .DELETE(ACCOUNT + "/faults", this::clearFaults)
                                        .DELETE(ACCOUNT + "/faults/{id}", this::removeFault)
                                        .GET(ACCOUNT + "/calls", this::calls)
                                        .POST(ACCOUNT + "/verify", this::verify)
                                        .POST(ACCOUNT + "/empty-pages/{count}", this::emptyPages)
                                        .POST("/expire-tokens", this::expireTokens)
                                        .filter(Problems::filter))
                .build();
    }

    private KfAccount account(ServerRequest request) {
        return platform.require(request.pathVariable("account"));
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
        return ok(account(request).calls().all());
    }

    private Mono<ServerResponse> verify(ServerRequest request) {
        return Mono.fromCompletionStage(account(request).verify())
                .flatMap(right -> ok(Json.object().put("verified", right)));
    }

    private Mono<ServerResponse> emptyPages(ServerRequest request) {
        var count = request.pathVariable("count");
        if (!count.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("count must be 0 to 999");
        }
        account(request).emptyPages(Integer.parseInt(count));
        return ServerResponse.noContent().build();
    }

    private Mono<ServerResponse> expireTokens(ServerRequest request) {
        platform.expireTokens();
        return ServerResponse.noContent().build();
    }

    private static Mono<ServerResponse> ok(Object body) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Json.MAPPER.writeValueAsString(body));
    }
}
