package io.guanjia.sandbox.wechat.api;

import io.guanjia.sandbox.http.Json;

import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Puts answers on the wire the way the platform does. */
final class Responses {

    /** The platform says {@code encoding} where others say {@code charset}. */
    private static final MediaType JSON =
            new MediaType("application", "json", Map.of("encoding", "utf-8"));

    private Responses() {}

    static Mono<ServerResponse> of(ApiAnswer answer) {
        return switch (answer) {
            case ApiAnswer.Fields fields -> json(fields.json().toString());
            case ApiAnswer.Refused refused -> json(envelope(refused));
            case ApiAnswer.File file ->
                    ServerResponse.ok()
                            .contentType(MediaType.parseMediaType(file.mimeType()))
                            .headers(
                                    headers ->
                                            headers.setContentDisposition(
                                                    ContentDisposition.attachment()
                                                            .filename(file.fileName())
                                                            .build()))
                            .bodyValue(file.bytes());
        };
    }

    static Mono<ServerResponse> file(String mimeType, byte[] bytes) {
        return ServerResponse.ok()
                .contentType(MediaType.parseMediaType(mimeType))
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "private, max-age=3600")
                .bodyValue(bytes);
    }

    /** The answer as the record shows it. */
    static String text(ApiAnswer answer) {
        return switch (answer) {
            case ApiAnswer.Fields fields -> fields.json().toString();
            case ApiAnswer.Refused refused -> envelope(refused);
            case ApiAnswer.File file -> file.mimeType() + ", " + file.bytes().length + " bytes";
        };
    }

    private static String envelope(ApiAnswer.Refused refused) {
        return Json.object()
                .put("errcode", refused.code())
                .put("errmsg", refused.message() + " rid: " + requestId())
                .toString();
    }

    private static String requestId() {
        var random = ThreadLocalRandom.current();
        return "%08x-%08x-%08x".formatted(random.nextInt(), random.nextInt(), random.nextInt());
    }

    private static Mono<ServerResponse> json(String body) {
        return ServerResponse.ok().contentType(JSON).bodyValue(body);
    }
}
