package io.guanjia.adapters.sms.cmpp;

import reactor.core.publisher.Mono;

import java.util.List;

/**
 * What all nodes know of messages of several parts, because a carrier reports over whichever
 * connection it likes. What it forgets makes a receipt less exact and costs no message.
 */
interface SharedParts {

    /** Where there is one node, which knows of itself. */
    SharedParts NONE =
            new SharedParts() {
                @Override
                public Mono<Void> remember(String message, List<Long> parts) {
                    return Mono.empty();
                }

                @Override
                public Mono<Known> find(long part) {
                    return Mono.empty();
                }

                @Override
                public Mono<Boolean> delivered(Known message, long part) {
                    return Mono.just(false);
                }
            };

    /** A message and how many parts it has. */
    record Known(String message, int total) {}

    Mono<Void> remember(String message, List<Long> parts);

    /** Empty for what is no part of a longer message that anybody remembers. */
    Mono<Known> find(long part);

    /** Notes that a part has arrived, and emits whether all have. Repeating is harmless. */
    Mono<Boolean> delivered(Known message, long part);
}
