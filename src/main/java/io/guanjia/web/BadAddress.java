package io.guanjia.web;

import io.netty.handler.codec.http.HttpHeaderNames;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import java.util.List;
import java.util.Locale;

/**
 * Answers with problem details where the address is none, such as {@code /api/v1/%zz}. Spring turns
 * that away with a bare 400 before any handler of ours hears of it.
 */
@Component
final class BadAddress implements NettyServerCustomizer {

    private static final Problem MALFORMED = Problem.of(HttpStatus.BAD_REQUEST, "malformed");
    private static final List<Locale> LANGUAGES = List.of(Locale.CHINESE, Locale.ENGLISH);

    private final ProblemWriter problems;

    BadAddress(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.mapHandle(
                (handled, connection) ->
                        connection instanceof HttpServerResponse response
                                        && connection instanceof HttpServerRequest request
                                ? handled.then(Mono.defer(() -> complete(request, response)))
                                : handled);
    }

    private Mono<Void> complete(HttpServerRequest request, HttpServerResponse response) {
        if (response.hasSentHeaders()
                || response.status().code() != HttpStatus.BAD_REQUEST.value()) {
            return Mono.empty();
        }
        var body = problems.body(MALFORMED, language(request), null);
        response.header(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return response.sendByteArray(Mono.just(body)).then();
    }

    private static Locale language(HttpServerRequest request) {
        var wanted = request.requestHeaders().get(HttpHeaderNames.ACCEPT_LANGUAGE, "");
        try {
            var found = Locale.lookup(Locale.LanguageRange.parse(wanted), LANGUAGES);
            return found == null ? Locale.CHINESE : found;
        } catch (IllegalArgumentException e) {
            return Locale.CHINESE;
        }
    }
}
