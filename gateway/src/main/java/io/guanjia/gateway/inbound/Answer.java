package io.guanjia.gateway.inbound;

import io.guanjia.gateway.channel.CallbackResponse;

import java.util.List;
import java.util.UUID;

/**
 * What a callback hears back.
 *
 * @param said the deliveries that reach the customer in it, to be confirmed once it is written
 */
record Answer(CallbackResponse response, List<UUID> said) {

    static Answer of(CallbackResponse response) {
        return new Answer(response, List.of());
    }
}
