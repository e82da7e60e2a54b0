package io.guanjia.security;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

import java.time.Duration;
import java.util.Optional;

/** The two cookies: who somebody is, and the proof that a request comes from our own pages. */
final class Cookies {

    static final String SESSION = "guanjia_session";
    static final String CSRF = "XSRF-TOKEN";

    private Cookies() {}

    static Optional<String> session(ServerHttpRequest request) {
        return value(request, SESSION);
    }

    static Optional<String> csrf(ServerHttpRequest request) {
        return value(request, CSRF);
    }

    /** Lives as long as the browser's own session: how long it is good is the server's to say. */
    static void setSession(ServerWebExchange exchange, String secret) {
        exchange.getResponse().addCookie(cookie(exchange, SESSION, secret).httpOnly(true).build());
    }

    static void dropSession(ServerWebExchange exchange) {
        exchange.getResponse()
                .addCookie(
                        cookie(exchange, SESSION, "").httpOnly(true).maxAge(Duration.ZERO).build());
    }

    /** Readable by our own pages, which have to send it back in a header. */
    static void setCsrf(ServerWebExchange exchange) {
        exchange.getResponse().addCookie(cookie(exchange, CSRF, Secret.random()).build());
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(
            ServerWebExchange exchange, String name, String value) {
        return ResponseCookie.from(name, value)
                .path("/")
                .sameSite("Lax")
                .secure("https".equals(exchange.getRequest().getURI().getScheme()));
    }

    private static Optional<String> value(ServerHttpRequest request, String name) {
        return Optional.ofNullable(request.getCookies().getFirst(name))
                .map(HttpCookie::getValue)
                .filter(Secret::plausible);
    }
}
