package io.guanjia.sandbox.wechat.api;

import org.springframework.http.HttpMethod;

import reactor.core.publisher.Mono;

import java.util.function.Function;

/**
 * One API.
 *
 * @param api its path after {@code /cgi-bin/}
 * @param token whether it takes an access token; the others take app id and secret
 */
record Route(
        String api,
        HttpMethod method,
        boolean token,
        Function<ApiRequest, Mono<ApiAnswer>> handler) {

    static Route get(String api, Function<ApiRequest, ApiAnswer> handler) {
        return new Route(api, HttpMethod.GET, true, handler.andThen(Mono::just));
    }

    static Route post(String api, Function<ApiRequest, ApiAnswer> handler) {
        return new Route(api, HttpMethod.POST, true, handler.andThen(Mono::just));
    }
}
