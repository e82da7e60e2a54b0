package io.guanjia.gateway.message;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;

/**
 * One message or event from an outside party.
 *
 * @param externalId the platform's id for it, null for events, which have none
 * @param trigger which reply window it opens on its channel; null for none
 * @param sentAt when the party sent it, by the platform's clock
 * @param receivedAt when we took it in, by ours
 * @param raw the decrypted payload as it came, for a person to see and a later release to replay
 */
public record InboundMessage(
        Address from,
        String dedupeKey,
        @Nullable String externalId,
        Content content,
        @Nullable Trigger trigger,
        Instant sentAt,
        Instant receivedAt,
        String raw)
        implements Inbound {

    public InboundMessage {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(dedupeKey, "dedupeKey");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(sentAt, "sentAt");
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(raw, "raw");
    }

    /** Leaves out what was said: this ends up in logs. */
    @Override
    public String toString() {
        return "InboundMessage[from=" + from + ", " + content.getClass().getSimpleName() + "]";
    }
}
