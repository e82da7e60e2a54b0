package io.guanjia.adapters.sms;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.gateway.message.Receipt.Outcome;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;

/**
 * One thing that a callback brings: what somebody answered, or what became of what we sent.
 *
 * @param from the number it is from or about
 */
public record CallbackEntry(Address from, JsonNode fields, Instant receivedAt) {

    /** Whom an entry is attributed to that names nobody. */
    private static final String NOBODY = "unknown";

    /**
     * @param number as we keep numbers; empty where it names none
     */
    public static CallbackEntry of(Callback callback, JsonNode fields, String number) {
        return new CallbackEntry(
                new Address(
                        callback.channel(), callback.account(), number.isEmpty() ? NOBODY : number),
                fields,
                callback.receivedAt());
    }

    public boolean namesSomebody() {
        return !from.party().equals(NOBODY);
    }

    public String text(String field) {
        return JsonBody.text(fields, field);
    }

    /**
     * @param id the provider's id; empty where it gives none. All fields tell it from another then
     * @param written when it was sent, in the provider's own writing: what we make of it may be the
     *     moment it came in, which is another one when it comes again
     */
    public InboundMessage said(String words, String id, String written, Instant sentAt) {
        return new InboundMessage(
                from,
                id.isEmpty() ? hash() : "u:" + from.party() + ":" + id + ":" + written,
                id.isEmpty() ? null : id,
                new Content.Text(words),
                Trigger.MESSAGE,
                sentAt,
                receivedAt,
                fields.toString());
    }

    /**
     * @param id what the provider gave us when it took the message
     * @param ours what we gave the message; empty where the provider does not name it
     * @param status the provider's code, which a later report may change
     */
    public Receipt report(
            String id,
            String ours,
            Outcome outcome,
            String status,
            @Nullable String reason,
            Instant at) {
        return new Receipt(
                from,
                "r:" + id + ":" + from.party() + ":" + status,
                id,
                ours.isEmpty() ? null : ours,
                outcome,
                reason,
                at,
                fields.toString());
    }

    public InboundMessage unreadable() {
        return new InboundMessage(
                from,
                hash(),
                null,
                new Content.Unreadable(fields.toString()),
                null,
                receivedAt,
                receivedAt,
                fields.toString());
    }

    private String hash() {
        return "h:" + Sha256.hex(fields.toString());
    }

    /** Leaves out who and what: this ends up in logs. */
    @Override
    public String toString() {
        return "CallbackEntry[from=" + from + "]";
    }
}
