package io.guanjia.gateway.outbound;

import io.guanjia.gateway.message.Content;

import java.util.List;
import java.util.UUID;

/**
 * What to say in the response to a callback.
 *
 * @param deliveries the deliveries it carries, to be confirmed once the response is written
 */
public record PassiveReply(List<UUID> deliveries, Content content) {

    public PassiveReply {
        deliveries = List.copyOf(deliveries);
    }

    /** Leaves out what is said: this ends up in logs. */
    @Override
    public String toString() {
        return "PassiveReply[" + deliveries + "]";
    }
}
