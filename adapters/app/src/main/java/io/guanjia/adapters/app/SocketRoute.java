package io.guanjia.adapters.app;

import io.guanjia.adapters.app.Refusal.Code;
import io.guanjia.gateway.socket.Handshake;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.WebsocketServerSpec;

import java.util.Arrays;

/**
 * {@code /app/v1/socket?account=…&after=…}. An app proves who it is in the header {@code
 * Authorization}; a page, which cannot set one, in the protocols it offers. Nobody puts a token
 * into an address, where logs would keep it.
 */
final class SocketRoute {

    static final String PATH = "/app/v1/socket";
    static final String PROTOCOL = "guanjia.v1";

    /** Lines that somebody gets who does not say what they have. */
    private static final int FIRST_PAGE = 30;

    /** In bytes: the longest message in Chinese, and room around it. */
    private static final int LONGEST_FRAME = 16 * 1024;

    private final Visitors visitors;
    private final AppHub hub;
    private final RequestUpgradeStrategy sockets =
            new ReactorNettyRequestUpgradeStrategy(
                    () -> WebsocketServerSpec.builder().maxFramePayloadLength(LONGEST_FRAME));

    SocketRoute(Visitors visitors, AppHub hub) {
        this.visitors = visitors;
        this.hub = hub;
    }

    Mono<Void> open(ServerWebExchange exchange, Site site) {
        var request = exchange.getRequest();
        var wrong = Handshake.wrongWith(request);
        if (wrong.isPresent()) {
            return Mono.error(wrong.get());
        }
        var offered = protocols(request);
        var after = after(request);
        return visitors.require(site, request, Visitors.offered(offered))
                .flatMap(
                        arrived -> {
                            var customer = arrived.customer();
                            if (!hub.hasRoom(customer)) {
                                return Mono.error(new Refusal(Code.TOO_MANY));
                            }
                            var standing = arrived.standing();
                            var have =
                                    after == null
                                            ? Math.max(0, standing.last() - FIRST_PAGE)
                                            : Math.min(after, standing.last());
                            return open(
                                    exchange,
                                    new AppSocket(customer, site, have),
                                    new Frame.Hello(
                                            customer.address().party(),
                                            customer.visitor(),
                                            customer.name(),
                                            standing.last(),
                                            standing.read()),
                                    offered.length == 0 ? null : PROTOCOL);
                        });
    }

    private Mono<Void> open(
            ServerWebExchange exchange,
            AppSocket socket,
            Frame.Hello hello,
            @Nullable String protocol) {
        var cut = Handshake.cut(exchange.getRequest());
        return Handshake.open(
                sockets, exchange, session -> hub.serve(session, socket, hello, cut), protocol);
    }

    private static String[] protocols(ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty("Sec-WebSocket-Protocol").stream()
                .flatMap(each -> Arrays.stream(each.split(",")))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toArray(String[]::new);
    }

    private static @Nullable Long after(ServerHttpRequest request) {
        var after = request.getQueryParams().getFirst("after");
        if (after == null) {
            return null;
        }
        if (!after.matches("\\d{1,18}")) {
            throw new Refusal(Code.MALFORMED);
        }
        return Long.parseLong(after);
    }
}
