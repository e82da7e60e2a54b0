package io.guanjia.security;

import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

/** Writes the answer to a request that failed. Implemented where all problems are. */
public interface ProblemResponses {

    Mono<Void> write(ServerWebExchange exchange, Throwable failure);
}
