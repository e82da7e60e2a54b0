package io.guanjia.security;

import io.guanjia.gateway.network.Networks;
import io.netty.handler.codec.http.HttpRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;

import reactor.netty.http.server.ConnectionInfo;
import reactor.netty.http.server.HttpServer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Believes {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} only from the proxies of the
 * settings. From anybody else they change nothing, so nobody can pretend to be somewhere else.
 */
@Component
final class TrustedProxies implements NettyServerCustomizer {

    private static final Pattern NUMERIC = Pattern.compile("[0-9a-fA-F:.]+");

    private final Networks trusted;

    TrustedProxies(WebSettings settings) {
        trusted = Networks.of(settings.trustedProxies());
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.forwarded(this::seen);
    }

    private ConnectionInfo seen(ConnectionInfo connection, HttpRequest request) {
        var peer = connection.getRemoteAddress();
        if (peer == null || peer.isUnresolved() || !trusted.contain(peer.getAddress())) {
            return connection;
        }
        var headers = request.headers();
        var seen = connection;
        var client = client(headers.getAll("X-Forwarded-For"));
        if (client != null) {
            seen = seen.withRemoteAddress(new InetSocketAddress(client, peer.getPort()));
        }
        var scheme = last(headers.getAll("X-Forwarded-Proto"));
        if ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme)) {
            seen =
                    seen.withScheme(
                            Objects.requireNonNull(scheme).toLowerCase(java.util.Locale.ROOT));
        }
        var host = last(headers.getAll("X-Forwarded-Host"));
        return host == null ? seen : withHost(seen, host);
    }

    /** The last one in the list who is not one of our proxies; only that far is it true. */
    private @Nullable InetAddress client(List<String> headers) {
        var hops = String.join(",", headers).split(",");
        InetAddress found = null;
        for (var i = hops.length - 1; i >= 0; i--) {
            var hop = address(hops[i].strip());
            if (hop == null) {
                return found;
            }
            found = hop;
            if (!trusted.contain(hop)) {
                return found;
            }
        }
        return found;
    }

    /** Never asks a name server. */
    private static @Nullable InetAddress address(String written) {
        if (!NUMERIC.matcher(written).matches() || !written.matches(".*[.:].*")) {
            return null;
        }
        try {
            return InetAddress.getByName(written);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static @Nullable String last(List<String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        var values = headers.getLast().split(",");
        return values[values.length - 1].strip();
    }

    private static ConnectionInfo withHost(ConnectionInfo connection, String host) {
        var colon = host.lastIndexOf(':');
        var hasPort =
                colon > host.lastIndexOf(']') && host.substring(colon + 1).matches("[0-9]{1,5}");
        var name = hasPort ? host.substring(0, colon) : host;
        var port =
                hasPort
                        ? Integer.parseInt(host.substring(colon + 1))
                        : ConnectionInfo.getDefaultHostPort(connection.getScheme());
        var local = connection.getHostAddress();
        return local == null || name.isEmpty()
                ? connection
                : connection.withHostAddress(local, name, port);
    }
}
