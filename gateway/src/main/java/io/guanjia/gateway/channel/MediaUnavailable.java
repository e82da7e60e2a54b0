package io.guanjia.gateway.channel;

/** A file that cannot be had. */
public final class MediaUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;
    private final boolean lasting;

    /**
     * @param reason a few words for people; nothing from the file or its address
     * @param lasting whether it is gone or refused for good, so that asking again is useless
     */
    public MediaUnavailable(String reason, boolean lasting) {
        super(reason, null, false, false);
        this.reason = reason;
        this.lasting = lasting;
    }

    public String reason() {
        return reason;
    }

    public boolean lasting() {
        return lasting;
    }
}
