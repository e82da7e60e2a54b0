package io.guanjia.gateway.channel;

import io.guanjia.gateway.message.Address;

import reactor.core.publisher.Mono;

/** Where channels that can tell say that a customer types. */
public interface CustomerTyping {

    /** Shows it to whoever watches the conversation. Never fails: the sign is gone in a moment. */
    Mono<Void> typing(Address from);
}
