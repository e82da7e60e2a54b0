package io.guanjia.gateway.vault;

/** Something sealed that cannot be read. */
public final class CannotOpen extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String keyId;
    private final boolean keyMissing;

    CannotOpen(String keyId, boolean keyMissing) {
        super(
                keyMissing ? "no key " + keyId : "altered, or not by key " + keyId,
                null,
                false,
                false);
        this.keyId = keyId;
        this.keyMissing = keyMissing;
    }

    public String keyId() {
        return keyId;
    }

    /** Whether the settings lack the key; otherwise what was stored was altered. */
    public boolean keyMissing() {
        return keyMissing;
    }
}
