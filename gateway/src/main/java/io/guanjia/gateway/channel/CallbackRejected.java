package io.guanjia.gateway.channel;

/**
 * A callback that is not believed or cannot be read. Nothing of it is stored.
 *
 * <p>{@link #reason()} goes into a metric and the log; the caller on the network learns only the
 * status, the same words for every reason.
 */
public final class CallbackRejected extends RuntimeException {

    /** Which answer it gets. */
    public enum Kind {
        /** Not from the platform, or not for us, or too old: 403. */
        FORBIDDEN,
        /** From anyone, but nothing we can read: 400. */
        MALFORMED
    }

    private final Kind kind;
    private final String reason;

    /**
     * @param reason a short fixed word such as {@code signature} or {@code padding}; never anything
     *     from the request
     */
    public CallbackRejected(Kind kind, String reason) {
        super(kind + ": " + reason, null, false, false);
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
