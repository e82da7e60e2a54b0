package io.guanjia.cmpp.protocol;

/** Bytes that are no CMPP. What follows them on the same connection cannot be read either. */
public final class MalformedPdu extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Reason {
        /** Total_Length is below 12 or beyond what any PDU can have. */
        TOTAL_LENGTH,
        /** The PDU is shorter or longer than its fields. */
        BODY_LENGTH
    }

    private final Reason reason;

    MalformedPdu(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
