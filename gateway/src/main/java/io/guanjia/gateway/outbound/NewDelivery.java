package io.guanjia.gateway.outbound;

import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that is to go out.
 *
 * @param messageId the stored message it carries; one message has one delivery
 * @param content what that message says: decides by which API it goes
 * @param expiresAt from when on it is not worth sending
 * @param passive null where it can only go by the ordinary way
 */
public record NewDelivery(
        UUID id,
        UUID messageId,
        UUID partyId,
        Address to,
        Content content,
        Lane lane,
        Instant expiresAt,
        @Nullable PassiveChance passive) {

    /** Leaves out what is said: this ends up in logs. */
    @Override
    public String toString() {
        return "NewDelivery[" + id + ", to=" + to + ", " + lane + "]";
    }
}
