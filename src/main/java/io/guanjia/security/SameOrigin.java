package io.guanjia.security;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

import java.net.URI;

/**
 * Lets only our own pages open a socket: browsers let any page try. A request without an origin, or
 * with the origin {@code null}, is refused like a foreign one.
 */
final class SameOrigin implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        return "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade()) && !ours(request)
                ? Mono.error(new AccessDeniedException("foreign origin"))
                : chain.filter(exchange);
    }

    /**
     * Compares host and port but not the scheme: a proxy that ends TLS and is not in the settings
     * hides it, and no foreign page shares our host and port.
     */
    private static boolean ours(ServerHttpRequest request) {
        var origin = request.getHeaders().getOrigin();
        if (origin == null) {
            return false;
        }
        try {
            var theirs = URI.create(origin);
            var our = request.getURI();
            return theirs.getHost() != null
                    && theirs.getHost().equalsIgnoreCase(our.getHost())
                    && port(theirs) == port(our);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(URI address) {
        var port = address.getPort();
        return port == -1 || port == 80 || port == 443 ? -1 : port;
    }
}
