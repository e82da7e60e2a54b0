package io.guanjia.gateway.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a channel brings in: a party's message, or the platform's word on one of ours. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = InboundMessage.class, name = "message"),
    @JsonSubTypes.Type(value = Receipt.class, name = "receipt"),
})
public sealed interface Inbound permits InboundMessage, Receipt {

    /** Whom it is from, or about. Decides the order: one party's are handled one after another. */
    Address from();

    /**
     * Equal for two arrivals of the same thing and different for any two things, within one
     * account. It is what makes an effect happen once.
     */
    String dedupeKey();
}
