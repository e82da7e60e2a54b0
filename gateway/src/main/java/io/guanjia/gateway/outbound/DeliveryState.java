package io.guanjia.gateway.outbound;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Locale;

/** How far a delivery has come. */
public enum DeliveryState {
    /** Goes out as soon as it may. */
    @JsonProperty("queued")
    QUEUED,
    /** Goes out when the customer writes. */
    @JsonProperty("held")
    HELD,
    /** On its way right now. */
    @JsonProperty("sending")
    SENDING,
    /** The platform took it. The last word on channels without receipts. */
    @JsonProperty("accepted")
    ACCEPTED,
    /** It arrived. */
    @JsonProperty("delivered")
    DELIVERED,
    /** The customer saw it. */
    @JsonProperty("read")
    READ,
    /** It will never arrive. */
    @JsonProperty("refused")
    REFUSED,
    /** It did not get out in time. */
    @JsonProperty("expired")
    EXPIRED,
    /** It may have arrived. Only a person may send it again. */
    @JsonProperty("unknown")
    UNKNOWN;

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryState of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
