package io.guanjia.adapters.wecom;

import io.guanjia.gateway.channel.DeliveryException;

/** The platform answered with an error code. */
public final class CorpRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String api;
    private final int code;

    CorpRefusal(String api, int code) {
        super(CorpError.describe(code), null, false, false);
        this.api = api;
        this.code = code;
    }

    public CorpError error() {
        return CorpError.of(code);
    }

    /** The code and a few words, for people. */
    public String reason() {
        return CorpError.describe(code);
    }

    /** What it means for a delivery. */
    public DeliveryException toDelivery() {
        return error().toException(api, reason());
    }
}
