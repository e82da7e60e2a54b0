package io.guanjia.adapters.app;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.UUID;

/** The pushes that are still to be made. They outlast a restart. */
interface Pushes {

    /** Repeating is harmless. */
    Mono<Void> expect(Push push);

    /** The accounts of which some are due. */
    Flux<String> accountsDue();

    /** Some of an account that are due. Nobody else gets them until their lease is over. */
    Flux<Due> lease(String account, int most);

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
