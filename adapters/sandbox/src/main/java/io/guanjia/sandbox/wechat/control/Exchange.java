package io.guanjia.sandbox.wechat.control;

import io.guanjia.sandbox.http.Json;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

/** Reading and writing of the control API's JSON. */
final class Exchange {

    private Exchange() {}

    static Mono<ServerResponse> ok(Object value) {
        return answer(HttpStatus.OK, value);
    }

    static Mono<ServerResponse> created(Object value) {
        return answer(HttpStatus.CREATED, value);
    }

    static Mono<ServerResponse> done() {
        return ServerResponse.noContent().build();
    }

    private static Mono<ServerResponse> answer(HttpStatus status, Object value) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Json.MAPPER.writeValueAsString(value));
    }

    /** The body, which must be a JSON object; an empty one counts as {@code {}}. */
    static Mono<ObjectNode> body(ServerRequest request) {
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

    static <T> Mono<T> body(ServerRequest request, Class<T> type) {
        return body(request).map(json -> Json.read(json, type));
    }

    static long number(ServerRequest request, String name, long otherwise) {
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
}
