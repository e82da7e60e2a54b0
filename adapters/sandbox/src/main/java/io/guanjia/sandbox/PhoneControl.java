package io.guanjia.sandbox;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.http.Problems;
import io.guanjia.sandbox.phone.PhoneAccount;
import io.guanjia.sandbox.phone.PhoneCustomer;
import io.guanjia.sandbox.phone.PhoneLine;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Supplier;

/** Customers of any platform, for the page: {@code /sandbox/api/phone}. */
final class PhoneControl {

    private static final String CUSTOMER = "/{platform}/{account}/customers/{id}";

    private final List<Shelf> platforms;

    PhoneControl(List<Shelf> platforms) {
        this.platforms = List.copyOf(platforms);
    }

    /** The phones of one platform. */
    record Shelf(String name, Supplier<? extends Collection<? extends PhoneAccount>> accounts) {}

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(
                        "/sandbox/api/phone",
                        routes ->
                                routes.GET("", request -> ok(everything()))
                                        .POST("/{platform}/{account}/customers", this::meet)
                                        .GET(CUSTOMER, request -> ok(customer(request)))
                                        .POST(CUSTOMER + "/gestures", this::act)
                                        .filter(Problems::filter))
                .build();
    }

    private List<PlatformView> everything() {
        return platforms.stream()
                .map(
                        platform ->
                                new PlatformView(
                                        platform.name(),
                                        platform.accounts().get().stream()
                                                .map(AccountView::of)
                                                .toList()))
                .toList();
    }

    private record PlatformView(String name, List<AccountView> accounts) {}

    private record AccountView(String name, String title, List<CustomerView> customers) {
        static AccountView of(PhoneAccount account) {
            return new AccountView(
                    account.name(),
                    account.title(),
                    account.customers().stream()
                            .map(one -> new CustomerView(one.id(), one.name()))
                            .toList());
        }
    }

    private record CustomerView(String id, String name) {}

    private record ScreenView(String id, String name, List<String> gestures, List<PhoneLine> chat) {
        static ScreenView of(PhoneCustomer customer) {
            return new ScreenView(
                    customer.id(), customer.name(), customer.gestures(), customer.chat());
        }
    }

    private ScreenView customer(ServerRequest request) {
        return ScreenView.of(find(request));
    }

    private PhoneAccount account(ServerRequest request) {
        var platform = request.pathVariable("platform");
        var account = request.pathVariable("account");
        return platforms.stream()
                .filter(one -> one.name().equals(platform))
                .flatMap(one -> one.accounts().get().stream())
                .filter(one -> one.name().equals(account))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no such account"));
    }

    private PhoneCustomer find(ServerRequest request) {
        return account(request)
                .find(request.pathVariable("id"))
                .orElseThrow(() -> new NoSuchElementException("no such customer"));
    }

    /** Takes {@code {"name": "李雷"}}. */
    private Mono<ServerResponse> meet(ServerRequest request) {
        return body(request)
                .map(body -> account(request).meet(Json.text(body, "name")))
                .flatMap(customer -> ok(ScreenView.of(customer)));
    }

    /** Takes {@code {"gesture": "text", "text": "您好"}}. */
    private Mono<ServerResponse> act(ServerRequest request) {
        return body(request)
                .flatMap(
                        body -> {
                            var details = Json.texts(body);
                            var gesture = Objects.requireNonNullElse(details.remove("gesture"), "");
                            return Mono.fromCompletionStage(find(request).does(gesture, details));
                        })
                .flatMap(outcome -> ok(Json.object().put("outcome", outcome)));
    }

    private static Mono<ObjectNode> body(ServerRequest request) {
        return request.bodyToMono(String.class)
                .defaultIfEmpty("")
                .map(
                        text -> {
                            var body = Json.readObject(text);
                            if (body == null) {
                                throw new IllegalArgumentException("the body must be an object");
                            }
                            return body;
                        });
    }

    private static Mono<ServerResponse> ok(Object body) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Json.MAPPER.writeValueAsString(body));
    }
}
