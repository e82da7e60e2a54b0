package io.guanjia.sandbox.cmpp;

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

import java.util.Arrays;
import java.util.Locale;
import java.util.NoSuchElementException;

/** Everything under {@code /sandbox/api/sms-cmpp}. Described in the module's README. */
final class CmppControl {

    private static final String ACCOUNT = "/accounts/{account}";

    private final CmppPlatform platform;

    CmppControl(CmppPlatform platform) {
        this.platform = platform;
    }

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(
                        "/sandbox/api/" + CmppPlatform.NAME,
                        routes ->
                                routes.GET("", request -> answer(HttpStatus.OK, everything()))
                                        .POST("/accounts", this::open)
                                        .GET(ACCOUNT, this::one)
                                        .GET(ACCOUNT + "/submits", this::submits)
                                        .POST(ACCOUNT + "/lines/{act}", this::act)
                                        .PUT(ACCOUNT + "/phones/{number}", this::change)
                                        .GET(ACCOUNT + "/faults", this::faults)
                                        .POST(ACCOUNT + "/faults", this::addFault)
                                        .DELETE(ACCOUNT + "/faults", this::clearFaults)
                                        .filter(Problems::filter))
                .build();
    }

    private ObjectNode everything() {
        var all = Json.object().put("address", platform.address().toString());
        var accounts = all.putArray("accounts");
        platform.accounts().forEach(carrier -> accounts.add(view(carrier)));
        return all;
    }

    /** With the keys of the gateway's settings file. */
    private ObjectNode view(Carrier carrier) {
        var settings = carrier.settings();
        return Json.object()
                .put("name", settings.name())
                .put("api-base", platform.address().toString())
                .put("source-addr", settings.sourceAddress())
                .put("secret", settings.secret())
                .put("version", settings.version().onTheWire() == 0x30 ? "3.0" : "2.0")
                .put("service-id", settings.serviceId())
                .put("src-id", settings.srcId())
                .put("window", settings.window());
    }

    /** Takes the keys of the gateway's settings file. */
    private Mono<ServerResponse> open(ServerRequest request) {
        return body(request)
                .flatMap(
                        body -> {
                            var settings = Json.texts(body);
                            var name = settings.getOrDefault("name", "");
                            if (name.isBlank()) {
                                throw new IllegalArgumentException("name must be set");
                            }
                            var carrier = platform.open(CarrierSettings.of(name, settings));
                            return answer(HttpStatus.CREATED, view(carrier));
                        });
    }

    private Mono<ServerResponse> one(ServerRequest request) {
        var carrier = carrier(request);
        return Mono.fromFuture(carrier::lines)
                .flatMap(
                        lines ->
                                answer(
                                        HttpStatus.OK,
                                        view(carrier)
                                                .put("lines", lines)
                                                .put("submitted", carrier.submits().total())
                                                .put("acknowledged", carrier.acknowledged())
                                                .put("mostOpen", carrier.mostOpen())));
    }

    private Mono<ServerResponse> submits(ServerRequest request) {
        return answer(
                HttpStatus.OK,
                carrier(request)
                        .submits()
                        .after(number(request, "after", 0), (int) number(request, "limit", 100)));
    }

    private Mono<ServerResponse> act(ServerRequest request) {
        var word = request.pathVariable("act").toUpperCase(Locale.ROOT).replace('-', '_');
        var act =
                Arrays.stream(LineAct.values())
                        .filter(one -> one.name().equals(word))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new NoSuchElementException(
                                                "lines can disconnect, terminate, silence,"
                                                        + " garbage and wrong-length"));
        return Mono.fromFuture(() -> carrier(request).act(act))
                .flatMap(count -> answer(HttpStatus.OK, Json.object().put("lines", count)));
    }

    /** Takes {@code {"stat":"UNDELIV"}}. */
    private Mono<ServerResponse> change(ServerRequest request) {
        var phone = carrier(request).phone(request.pathVariable("number"));
        return body(request)
                .flatMap(
                        body -> {
                            phone.reports(Json.text(body, "stat"));
                            return ServerResponse.noContent().build();
                        });
    }

    /**
     * @param target {@code connect}, {@code submit} or {@code callbacks}, which are deliveries
     * @param probability every time when missing
     * @param times without end when missing
     */
    private record NewFault(
            String target, Effect effect, @Nullable Double probability, @Nullable Integer times) {

        Fault fault() {
            return new Fault(target, effect, probability == null ? 1 : probability, times);
        }
    }

    private Mono<ServerResponse> faults(ServerRequest request) {
        return answer(HttpStatus.OK, carrier(request).faults().active());
    }

    private Mono<ServerResponse> addFault(ServerRequest request) {
        var carrier = carrier(request);
        return body(request)
                .map(body -> carrier.faults().add(Json.read(body, NewFault.class).fault()))
                .flatMap(
                        active -> {
                            carrier.changed("faults", "");
                            return answer(HttpStatus.CREATED, active);
                        });
    }

    private Mono<ServerResponse> clearFaults(ServerRequest request) {
        var carrier = carrier(request);
        carrier.faults().clear();
        carrier.changed("faults", "");
        return ServerResponse.noContent().build();
    }

    private Carrier carrier(ServerRequest request) {
        return platform.carrier(request.pathVariable("account"));
    }

    private static long number(ServerRequest request, String name, long otherwise) {
        return request.queryParam(name)
                .map(
                        text -> {
                            if (!text.matches("\\d{1,9}")) {
                                throw new IllegalArgumentException(name + " must be a number");
                            }
                            return Long.parseLong(text);
                        })
                .orElse(otherwise);
    }

    private static Mono<ObjectNode> body(ServerRequest request) {
        return request.bodyToMono(String.class)
                .defaultIfEmpty("{}")
                .map(
                        text -> {
                            var object = Json.readObject(text);
                            if (object == null) {
                                throw new IllegalArgumentException("the body is no JSON object");
                            }
                            return object;
                        });
    }

    private static Mono<ServerResponse> answer(HttpStatus status, Object value) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Json.MAPPER.writeValueAsString(value));
    }
}
