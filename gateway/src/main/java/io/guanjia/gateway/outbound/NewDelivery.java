package io.guanjia.gateway.outbound;

import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A message that is to go out.
 *
 * @param messageId the stored message it carries; one message has one delivery
 * @param author who says it; with whom it goes to and what it says decides by which API it goes
 * @param expiresAt from when on it is not worth sending
 * @param passive null where it can only go by the ordinary way
 */
public record NewDelivery(
        UUID id,
        UUID messageId,
        UUID partyId,
        Address to,
        Author author,
        Content content,
        Lane lane,
        Instant expiresAt,
        @Nullable PassiveChance passive) {

    OutboundMessage message() {
        return new OutboundMessage(id.toString(), to, author, content);
    }

    /** Leaves out what is said: this ends up in logs. */
    @Override
    public String toString() {
        return "NewDelivery[" + id + ", to=" + to + ", " + lane + "]";
    }
}
