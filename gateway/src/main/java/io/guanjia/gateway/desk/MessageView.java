package io.guanjia.gateway.desk;

import io.guanjia.gateway.outbound.Reasons;
import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A message as the desk and other systems see it.
 *
 * @param seq orders a party's thread
 * @param revision the conversation's, at this message's last change
 */
@Schema(name = "Message")
record MessageView(
        UUID id,
        UUID conversationId,
        long seq,
        long revision,
        @Schema(allowableValues = {"in", "out", "note"}) String direction,
        String channel,
        String account,
        String party,
        @Schema(description = "The platform's id") @Nullable String externalId,
        @Schema(description = "By the sender's clock") Instant sentAt,
        @Schema(description = "By ours") Instant receivedAt,
        By author,
        @Schema(
                        type = "object",
                        description =
                                "What it says; `type` names the kind, such as text, image or"
                                        + " suggestions")
                JsonNode content,
        @Schema(
                        description =
                                "What became of it; only for direction out, and not for what a"
                                        + " colleague said in the platform's own client")
                @Nullable Delivery delivery,
        @Schema(description = "Null unless somebody took it back: the customer sees it no more")
                @Nullable Recall recall,
        @Schema(description = "Until when it can be taken back; null where it never can")
                @Nullable Instant recallableUntil) {

    /** With the delivery's reason in words. */
    MessageView in(Locale locale) {
        return delivery == null || delivery.reason() == null
                ? this
                : new MessageView(
                        id,
                        conversationId,
                        seq,
                        revision,
                        direction,
                        channel,
                        account,
                        party,
                        externalId,
                        sentAt,
                        receivedAt,
                        author,
                        content,
                        new Delivery(
                                delivery.id(),
                                delivery.state(),
                                Reasons.words(delivery.reason(), locale)),
                        recall,
                        recallableUntil);
    }

    /** It was taken back. */
    @Schema(name = "Recall")
    record Recall(Instant at, @Schema(description = "Their name") String by) {}

    /** Who said it. */
    @Schema(name = "Author")
    record By(
            @Schema(allowableValues = {"customer", "bot", "agent", "colleague", "system"})
                    String kind,
            @Nullable String name) {}

    /** How far it got. */
    @Schema(name = "Delivery")
    record Delivery(
            UUID id,
            @Schema(
                            allowableValues = {
                                "queued",
                                "held",
                                "sending",
                                "accepted",
                                "delivered",
                                "read",
                                "refused",
                                "expired",
                                "unknown"
                            })
                    String state,
            @Schema(description = "A few words for people") @Nullable String reason) {}
}
