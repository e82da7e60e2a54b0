package io.guanjia.contract;

import io.guanjia.gateway.channel.SharedTokens;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Shares tokens among the sends of one test, with a single flight as the contract wants. */
public final class MemoryTokens implements SharedTokens {

    private final ConcurrentHashMap<String, Mono<String>> flights = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> tokens = new ConcurrentHashMap<>();

    @Override
    public Mono<String> current(String key, Function<@Nullable String, Mono<Fetched>> fetch) {
        return Mono.defer(
                () -> {
                    var token = tokens.get(key);
                    return token != null ? Mono.just(token) : fly(key, null, fetch);
                });
    }

    @Override
    public Mono<String> replace(
            String key, String rejected, Function<@Nullable String, Mono<Fetched>> fetch) {
        return Mono.defer(
                () -> {
                    var token = tokens.get(key);
                    return token != null && !token.equals(rejected)
                            ? Mono.just(token)
                            : fly(key, rejected, fetch)
                                    // A flight we joined may have begun before the rejection.
                                    .flatMap(
                                            got ->
                                                    got.equals(rejected)
                                                            ? fly(key, rejected, fetch)
                                                            : Mono.just(got));
                });
    }

    private Mono<String> fly(
            String key,
            @Nullable String rejected,
            Function<@Nullable String, Mono<Fetched>> fetch) {
        return flights.computeIfAbsent(
                key,
                absent ->
                        Mono.defer(() -> fetch.apply(rejected))
                                .map(
                                        fetched -> {
                                            tokens.put(key, fetched.token());
                                            flights.remove(key);
                                            return fetched.token();
                                        })
                                .doOnError(error -> flights.remove(key))
                                .cache());
    }
}
