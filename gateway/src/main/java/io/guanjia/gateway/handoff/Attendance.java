package io.guanjia.gateway.handoff;

import reactor.core.publisher.Mono;

/**
 * Whether there is anybody to wait for. Implemented by the desk, which knows who is signed in;
 * asked by the conversation, which tells the customer.
 */
public interface Attendance {

    /** Whether at least one person who serves customers is online, on whichever node. */
    Mono<Boolean> anyoneAvailable();
}
