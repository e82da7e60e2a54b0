package io.guanjia.adapters.sms.line;

/** A question without an answer. */
public final class LineFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Whether the other end may have it. */
    public enum Kind {
        /** It never left. */
        NOT_SENT,
        /** It never left because too many wait already. */
        BUSY,
        /** It left, and nobody knows what became of it. */
        NO_ANSWER
    }

    private final Kind kind;
    private final String reason;

    /**
     * @param reason a few words for people
     */
    public LineFailure(Kind kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
        this.reason = reason;
    }

    public Kind kind() {
        return kind;
    }

    public String reason() {
        return reason;
    }
}
