package io.guanjia.weixin.api;

import io.guanjia.gateway.media.SafeFetch;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.util.function.Function;

/** Files at addresses that a message names, which means that a stranger chose them. */
@FunctionalInterface
public interface Strangers {

    /** As {@link SafeFetch#fetch}. */
    <T> Mono<T> fetch(URI address, long limit, Function<SafeFetch.Download, Mono<T>> use);
}
