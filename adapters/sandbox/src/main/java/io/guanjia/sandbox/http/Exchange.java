package io.guanjia.sandbox.http;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

/** Reading and writing of the control API's JSON. */
public final class Exchange {

    private Exchange() {}

    public static Mono<ServerResponse> ok(Object value) {
        return answer(HttpStatus.OK, value);
    }

    /** Something has come into being. */
    public static Mono<ServerResponse> created(Object value) {
        return answer(HttpStatus.CREATED, value);
    }

    /** There is nothing to tell. */
    public static Mono<ServerResponse> done() {
        return ServerResponse.noContent().build();
    }

    private static Mono<ServerResponse> answer(HttpStatus status, Object value) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Json.MAPPER.writeValueAsString(value));
    }

    /** The body, which must be a JSON object; an empty one counts as {@code {}}. */
    public static Mono<ObjectNode> body(ServerRequest request) {
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

    /** The body as {@link Json#read} reads it. */
    public static <T> Mono<T> body(ServerRequest request, Class<T> type) {
        return body(request).map(json -> Json.read(json, type));
    }

    /** A number from the query. */
    public static long number(ServerRequest request, String name, long otherwise) {
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
