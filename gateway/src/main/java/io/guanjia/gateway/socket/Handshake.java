package io.guanjia.gateway.socket;

import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
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
        var line = line(request);
        return line::close;
    }

    /**
     * Switches the protocol and lets the handler have the socket, whichever thread decided on it.
     *
     * <p>On the thread of the line itself: done from another one, what the client says at once can
     * arrive between the answer and the change of who takes what is read, and is lost
     * (reactor/reactor-netty#1089).
     *
     * @param protocol the one chosen of those the client offered; null for none
     */
    public static Mono<Void> open(
            RequestUpgradeStrategy strategy,
            ServerWebExchange exchange,
            WebSocketHandler handler,
            @Nullable String protocol) {
        return Mono.defer(() -> strategy.upgrade(exchange, handler, protocol, Handshake::forgotten))
                .subscribeOn(Schedulers.fromExecutor(line(exchange.getRequest()).eventLoop()));
    }

    private static Channel line(ServerHttpRequest request) {
        HttpServerRequest inner = ServerHttpRequestDecorator.getNativeRequest(request);
        var line = new AtomicReference<Channel>();
        inner.withConnection(connection -> line.set(connection.channel()));
        return Objects.requireNonNull(line.get());
    }

    /**
     * What a socket remembers of its request: nothing. Spring's own way keeps a copy of all headers
     * for as long as the socket is open.
     */
    private static HandshakeInfo forgotten() {
        return NOTHING;
    }
}
