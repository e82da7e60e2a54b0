package io.guanjia.sandbox.app;

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
import java.util.HashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/** What tests and pages tell the company: {@code /sandbox/api/app}. */
final class AppControl {

    private static final String FAULTS = "/accounts/{account}/faults";

    private final AppPlatform platform;

    AppControl(AppPlatform platform) {
        this.platform = platform;
    }

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(
                        "/sandbox/api/app",
                        routes ->
                                routes.GET("/accounts", request -> ok(all()))
                                        .POST("/accounts", this::open)
                                        .GET("/accounts/{account}/pushes", this::pushes)
                                        .GET(FAULTS, request -> ok(app(request).faults().active()))
                                        .POST(FAULTS, this::addFault)
                                        .DELETE(FAULTS, this::clearFaults)
                                        .DELETE(FAULTS + "/{id}", this::removeFault)
                                        .filter(Problems::filter))
                .build();
    }

    private record AccountView(String name, int phones) {
        static AccountView of(CompanyApp app) {
            return new AccountView(app.name(), app.customers().size());
        }
    }

    private List<AccountView> all() {
        return platform.accounts().stream().map(AccountView::of).toList();
    }

    /** Takes {@code name}, {@code callback} and the keys of the gateway's settings. */
    private Mono<ServerResponse> open(ServerRequest request) {
        return body(request)
                .flatMap(
                        body -> {
                            var settings = new HashMap<String, String>();
                            body.propertyNames()
                                    .forEach(key -> settings.put(key, Json.text(body, key)));
                            var name = Objects.requireNonNullElse(settings.remove("name"), "");
                            var callback = settings.remove("callback");
                            if (name.isBlank() || callback == null) {
                                throw new IllegalArgumentException("name or callback is missing");
                            }
                            platform.open(name, settings, URI.create(callback));
                            return answer(
                                    HttpStatus.CREATED, AccountView.of(platform.account(name)));
                        });
    }

    private CompanyApp app(ServerRequest request) {
        return platform.account(request.pathVariable("account"));
    }

    private Mono<ServerResponse> pushes(ServerRequest request) {
        return ok(app(request).pushes().all());
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
        var app = app(request);
        return body(request)
                .map(body -> app.faults().add(Json.read(body, NewFault.class).fault()))
                .flatMap(active -> answer(HttpStatus.CREATED, active));
    }

    private Mono<ServerResponse> clearFaults(ServerRequest request) {
        app(request).faults().clear();
        return ServerResponse.noContent().build();
    }

    private Mono<ServerResponse> removeFault(ServerRequest request) {
        var id = request.pathVariable("id");
        if (!id.matches("\\d{1,9}") || !app(request).faults().remove(Integer.parseInt(id))) {
            throw new NoSuchElementException("no such fault");
        }
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
