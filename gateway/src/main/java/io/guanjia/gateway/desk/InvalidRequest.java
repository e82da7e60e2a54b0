package io.guanjia.gateway.desk;

/** A request of which one field is wrong. Nothing was done. */
public final class InvalidRequest extends RuntimeException {

    private final String field;
    private final Reason reason;

    /** What is wrong with it. */
    public enum Reason {
        MISSING,
        MALFORMED,
        /** Names something that does not exist. */
        UNKNOWN
    }

    public InvalidRequest(String field, Reason reason) {
        super(field + ": " + reason, null, false, false);
        this.field = field;
        this.reason = reason;
    }

    public String field() {
        return field;
    }

    public Reason reason() {
        return reason;
    }
}
