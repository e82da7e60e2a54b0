package io.guanjia.gateway.desk;

import io.guanjia.gateway.socket.Handshake;
import io.guanjia.gateway.socket.SameOrigin;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

import reactor.core.publisher.Mono;

/**
 * {@code /api/v1/desk/socket?ticket=…}, for our own pages. A ticket is taken away before the
 * protocol is switched, so whoever has none gets a plain 403.
 */
@Component("deskSocket")
final class SocketEndpoint implements WebHandler {

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
        var wrong = Handshake.wrongWith(request);
        if (wrong.isPresent()) {
            return Mono.error(wrong.get());
        }
        if (!SameOrigin.ours(request)) {
            return Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN));
        }
        var cut = Handshake.cut(request);
        var ticket = request.getQueryParams().getFirst("ticket");
        return Mono.justOrEmpty(ticket)
                .flatMap(door::admit)
                .switchIfEmpty(Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN)))
                .flatMap(
                        pass ->
                                Handshake.open(
                                        sockets,
                                        exchange,
                                        session -> hub.serve(session, pass, cut),
                                        null));
    }
}
