package io.guanjia.sandbox.http;

import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** What callers get instead of an answer. */
public final class Cut {

    private Cut() {}

    /** Ends the connection without a word. */
    public static Mono<ServerResponse> connection(ServerRequest request) {
        HttpServerResponse response =
                AbstractServerHttpResponse.class
                        .cast(request.exchange().getResponse())
                        .getNativeResponse();
        response.withConnection(connection -> connection.channel().close());
        return Mono.never();
    }
}
