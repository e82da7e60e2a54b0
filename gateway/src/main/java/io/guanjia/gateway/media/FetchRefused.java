package io.guanjia.gateway.media;

/**
 * An address that we do not fetch from, or an answer that we do not take.
 *
 * <p>{@link #reason()} is a fixed word for a metric or a log; never the address.
 */
public final class FetchRefused extends RuntimeException {

    private final String reason;

    FetchRefused(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
