package io.guanjia.sandbox.http;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.NoSuchElementException;
import java.util.Set;

/** Guards the control API: turns foreign pages away and every error into problem details. */
public final class Problems {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private Problems() {}

    /** For {@code RouterFunctions.Builder.filter}. */
    public static Mono<ServerResponse> filter(
            ServerRequest request, HandlerFunction<ServerResponse> next) {
        if (comesFromAnotherSite(request)) {
            return problem(HttpStatus.FORBIDDEN, "calls from other sites are not taken");
        }
        return Mono.defer(() -> next.handle(request))
                .onErrorResume(RuntimeException.class, Problems::explain);
    }

    /** A RFC 9457 answer. */
    public static Mono<ServerResponse> problem(HttpStatus status, String detail) {
        var body =
                Json.object()
                        .put("title", status.getReasonPhrase())
                        .put("status", status.value())
                        .put("detail", detail);
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(body.toString());
    }

    private static Mono<ServerResponse> explain(RuntimeException e) {
        var message = String.valueOf(e.getMessage());
        return switch (e) {
            case NoSuchElementException missing -> problem(HttpStatus.NOT_FOUND, message);
            case IllegalArgumentException wrong ->
                    problem(HttpStatus.UNPROCESSABLE_CONTENT, message);
            case IllegalStateException untimely -> problem(HttpStatus.CONFLICT, message);
            default -> Mono.error(e);
        };
    }

    /**
     * A page elsewhere must not be able to drive a sandbox on the visitor's machine. Browsers name
     * the page's origin with every call that changes something.
     */
    private static boolean comesFromAnotherSite(ServerRequest request) {
        var origin = request.headers().firstHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            var site = request.headers().firstHeader("Sec-Fetch-Site");
            return site != null
                    && site.equals("cross-site")
                    && !READING.contains(request.method().name());
        }
        var host = request.headers().firstHeader(HttpHeaders.HOST);
        try {
            return !URI.create(origin).getAuthority().equals(host);
        } catch (IllegalArgumentException | NullPointerException e) {
            return true;
        }
    }
}
