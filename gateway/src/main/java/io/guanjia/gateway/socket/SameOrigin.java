package io.guanjia.gateway.socket;

import org.springframework.http.server.reactive.ServerHttpRequest;

import java.net.URI;

/**
 * Whether a request comes from one of our own pages: browsers let any page try to open a socket. A
 * request without an origin, or with the origin {@code null}, counts as foreign.
 */
public final class SameOrigin {

    private SameOrigin() {}

    /**
     * Compares host and port but not the scheme: a proxy that ends TLS and is not in the settings
     * hides it, and no foreign page shares our host and port.
     */
    public static boolean ours(ServerHttpRequest request) {
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
