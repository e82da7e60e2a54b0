package io.guanjia.gateway.socket;

import io.netty.channel.Channel;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The request that opens a socket. */
public final class Handshake {

    private static final HandshakeInfo NOTHING =
            new HandshakeInfo(
                    URI.create("/"),
                    HttpHeaders.EMPTY,
                    new LinkedMultiValueMap<>(),
                    Mono.empty(),
                    null,
                    null,
                    Map.of(),
                    "");

    private Handshake() {}

    /** Why it is none, if so. As RFC 6455, 4.2.1 asks. */
    public static Optional<ResponseStatusException> wrongWith(ServerHttpRequest request) {
        if (!request.getMethod().equals(HttpMethod.GET)) {
            return Optional.of(
                    new MethodNotAllowedException(request.getMethod(), List.of(HttpMethod.GET)));
        }
        if (!"websocket".equalsIgnoreCase(request.getHeaders().getUpgrade())) {
            return Optional.of(new ResponseStatusException(HttpStatus.UPGRADE_REQUIRED));
        }
        return request.getHeaders().containsHeader("Sec-WebSocket-Key")
                        && request.getHeaders().getConnection().stream()
                                .anyMatch("upgrade"::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of(new ResponseStatusException(HttpStatus.BAD_REQUEST));
    }

    /**
     * Cuts the line that a request came by, whatever waits to be written to it. Keeps nothing else
     * of the request.
     */
    public static Runnable cut(ServerHttpRequest request) {
        HttpServerRequest inner = ServerHttpRequestDecorator.getNativeRequest(request);
        var line = new AtomicReference<Channel>();
        inner.withConnection(connection -> line.set(connection.channel()));
        var channel = Objects.requireNonNull(line.get());
        return channel::close;
    }

    /**
     * What a socket remembers of its request: nothing. Spring's own way keeps a copy of all headers
     * for as long as the socket is open.
     */
    public static HandshakeInfo forgotten() {
        return NOTHING;
    }
}
