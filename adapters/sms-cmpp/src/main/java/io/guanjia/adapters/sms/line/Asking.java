package io.guanjia.adapters.sms.line;

import reactor.core.publisher.Mono;

import java.util.function.IntFunction;

/** Somebody who answers. */
@FunctionalInterface
public interface Asking<P> {

    /**
     * Emits the answer. Fails with {@link LineFailure}, or as {@code question} does.
     *
     * @param question makes the question of its sequence number
     */
    Mono<P> ask(IntFunction<P> question);
}
