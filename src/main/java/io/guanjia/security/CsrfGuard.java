package io.guanjia.security;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

import java.util.Set;

/**
 * Refuses what changes something unless our own page sent it: only that can read the cookie {@code
 * XSRF-TOKEN} and repeat it in the header {@code X-XSRF-TOKEN}. Other systems, which send a token
 * of their own, and the platforms' callbacks, which are signed, don't need it.
 */
final class CsrfGuard implements WebFilter {

    static final String HEADER = "X-XSRF-TOKEN";

    private static final Set<HttpMethod> HARMLESS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (HARMLESS.contains(request.getMethod())) {
            if (Cookies.csrf(request).isEmpty() && !forMachines(request)) {
                Cookies.setCsrf(exchange);
            }
            return chain.filter(exchange);
        }
        return forMachines(request) || WhoIsIt.token(request).isPresent() || proven(request)
                ? chain.filter(exchange)
                : Mono.error(new SignInProblem.CsrfMissing());
    }

    private static boolean forMachines(ServerHttpRequest request) {
        return under(request, "callbacks") || under(request, "actuator");
    }

    /**
     * Looks at whole segments, as routing does, so that no spelling of a path is seen otherwise
     * here than there.
     */
    private static boolean under(ServerHttpRequest request, String first) {
        var elements = request.getPath().pathWithinApplication().elements();
        return elements.size() > 1
                && elements.get(1) instanceof PathContainer.PathSegment segment
                && segment.valueToMatch().equals(first);
    }

    private static boolean proven(ServerHttpRequest request) {
        var header = request.getHeaders().getFirst(HEADER);
        return header != null
                && Cookies.csrf(request).filter(cookie -> Secret.same(cookie, header)).isPresent();
    }
}
