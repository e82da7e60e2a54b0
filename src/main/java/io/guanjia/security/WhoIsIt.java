package io.guanjia.security;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.util.Optional;

/**
 * Finds out who a request comes from: another system by its token, else a person by their cookie.
 * Who sends a token is not looked up by cookie, also when the token is wrong.
 */
@Component
final class WhoIsIt implements ServerSecurityContextRepository {

    private static final String BEARER = "Bearer ";

    private final ApiTokens tokens;
    private final Sessions sessions;

    WhoIsIt(ApiTokens tokens, Sessions sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /** A token in a header, which no foreign page can make a browser send. */
    static Optional<String> token(ServerHttpRequest request) {
        return Optional.ofNullable(request.getHeaders().getFirst("Authorization"))
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        var token = token(exchange.getRequest());
        var viewer =
                token.isPresent()
                        ? Mono.justOrEmpty(token.flatMap(tokens::find))
                        : Mono.justOrEmpty(Cookies.session(exchange.getRequest()))
                                .flatMap(sessions::find);
        return viewer.map(SignedIn::new).map(SecurityContextImpl::new);
    }

    /** What is known about somebody is kept by {@link Sessions}. */
    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        return Mono.empty();
    }
}
