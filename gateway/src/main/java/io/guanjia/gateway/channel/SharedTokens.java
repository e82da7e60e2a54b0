package io.guanjia.gateway.channel;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.function.Function;

/**
 * Access tokens that all nodes share. One node at a time asks the platform; the others wait for its
 * result. When the shared store is away each node asks for itself, which costs calls, not messages.
 */
public interface SharedTokens {

    /**
     * The current token for {@code key}, fetched if there is none.
     *
     * @param key such as {@code wechat/demo}
     * @param fetch asks the platform; {@code rejected} is the token it replaces, null if none was
     *     rejected
     */
    Mono<String> current(String key, Function<@Nullable String, Mono<Fetched>> fetch);

    /**
     * A token to use instead of {@code rejected}. If another caller has replaced that one already,
     * theirs is returned and nothing is fetched, so a revoked token is refreshed once however many
     * sends it fails.
     */
    Mono<String> replace(
            String key, String rejected, Function<@Nullable String, Mono<Fetched>> fetch);

    /** A token and how long it lives from now. */
    record Fetched(String token, Duration life) {

        /** Leaves out the token: this ends up in logs. */
        @Override
        public String toString() {
            return "Fetched[life=" + life + "]";
        }
    }
}
