package io.guanjia.gateway.desk;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * {@code /api/v1/desk/socket?ticket=…}, for our own pages. A ticket is taken away before the
 * protocol is switched, so whoever has none gets a plain 403.
 */
@Component("deskSocket")
final class SocketEndpoint implements WebHandler {

    /** What a socket remembers of its request. Spring's own way keeps a copy of all headers. */
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

    private final DeskDoor door;
    private final Hub hub;
    private final RequestUpgradeStrategy sockets;

    SocketEndpoint(DeskDoor door, Hub hub, RequestUpgradeStrategy sockets) {
        this.door = door;
        this.hub = hub;
        this.sockets = sockets;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        if (!request.getMethod().equals(HttpMethod.GET)) {
            return Mono.error(
                    new MethodNotAllowedException(request.getMethod(), List.of(HttpMethod.GET)));
        }
        if (!"websocket".equalsIgnoreCase(request.getHeaders().getUpgrade())) {
            return Mono.error(new ResponseStatusException(HttpStatus.UPGRADE_REQUIRED));
        }
        if (!SameOrigin.ours(request)) {
            return Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN));
        }
        if (!complete(request)) {
            return Mono.error(new ResponseStatusException(HttpStatus.BAD_REQUEST));
        }
        var ticket = request.getQueryParams().getFirst("ticket");
        return Mono.justOrEmpty(ticket)
                .flatMap(door::admit)
                .switchIfEmpty(Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN)))
                .flatMap(
                        pass ->
                                sockets.upgrade(
                                        exchange,
                                        session -> hub.serve(session, pass),
                                        null,
                                        () -> NOTHING));
    }

    /** As RFC 6455, 4.2.1 asks. */
    private static boolean complete(ServerHttpRequest request) {
        return request.getHeaders().containsHeader("Sec-WebSocket-Key")
                && request.getHeaders().getConnection().stream()
                        .anyMatch("upgrade"::equalsIgnoreCase);
    }
}
