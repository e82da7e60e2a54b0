package io.guanjia.adapters.app;

import io.guanjia.gateway.Errands;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.UUID;

/** The pushes that are still to be made. They outlast a restart. */
interface Pushes extends Errands.Queue<String, Pushes.Due> {

    /** Repeating is harmless. */
    Mono<Void> expect(Push push);

    /** It is made, or not worth making. */
    Mono<Void> done(UUID delivery);

    Mono<Void> again(UUID delivery, Instant notBefore);

    /**
     * One that is due.
     *
     * @param attempts how often it was tried, this time included
     * @param giveUpAt when it is of no use any more
     */
    record Due(Push push, int attempts, Instant giveUpAt) {}
}
