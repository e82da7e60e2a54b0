package io.guanjia.sandbox;

import io.guanjia.sandbox.history.Change;
import io.guanjia.sandbox.history.Changes;
import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.http.Problems;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** The part of the control API that belongs to no platform: clock, reset, changes. */
final class SandboxControl {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Sandbox sandbox;
    private final Changes changes;

    SandboxControl(Sandbox sandbox, Changes changes) {
        this.sandbox = sandbox;
        this.changes = changes;
    }

    RouterFunction<ServerResponse> router() {
        return RouterFunctions.route()
                .path(
                        "/sandbox/api",
                        routes ->
                                routes.GET("/clock", request -> clock())
                                        .PUT("/clock", this::setClock)
                                        .POST("/reset", request -> reset())
                                        .GET("/changes", request -> stream())
                                        .filter(Problems::filter))
                .build();
    }

    private Mono<ServerResponse> clock() {
        var clock =
                Json.object()
                        .put("now", sandbox.clock().instant().toString())
                        .put("shift", sandbox.clock().shift().toString());
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(clock.toString());
    }

    /** Takes {@code {"shift":"PT2H"}} or {@code {"advance":"PT1M"}}. */
    private Mono<ServerResponse> setClock(ServerRequest request) {
        return request.bodyToMono(String.class)
                .map(text -> shift(Json.readObject(text)))
                .flatMap(
                        shift -> {
                            sandbox.clock().shiftTo(shift);
                            changes.publish(new Change("", "", "clock", ""));
                            return clock();
                        });
    }

    private Duration shift(@Nullable JsonNode given) {
        try {
            if (given != null && given.has("shift")) {
                return Duration.parse(Json.text(given, "shift"));
            }
            if (given != null && given.has("advance")) {
                return sandbox.clock().shift().plus(Duration.parse(Json.text(given, "advance")));
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("durations look like PT2H30M", e);
        }
        throw new IllegalArgumentException("shift or advance is missing");
    }

    private Mono<ServerResponse> reset() {
        sandbox.reset();
        changes.publish(new Change("", "", "clock", ""));
        return ServerResponse.noContent().build();
    }

    private Mono<ServerResponse> stream() {
        var bundles =
                changes.stream()
                        .map(
                                bundle ->
                                        ServerSentEvent.<String>builder()
                                                .event("changes")
                                                .data(Json.MAPPER.writeValueAsString(bundle))
                                                .build());
        var heartbeats =
                Flux.interval(Duration.ZERO, HEARTBEAT)
                        .map(beat -> ServerSentEvent.<String>builder().comment("alive").build());
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(BodyInserters.fromServerSentEvents(Flux.merge(bundles, heartbeats)));
    }
}
