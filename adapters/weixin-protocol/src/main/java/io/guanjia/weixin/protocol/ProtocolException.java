package io.guanjia.weixin.protocol;

/**
 * A callback that cannot be trusted or read.
 *
 * <p>Its message is the same whatever went wrong, so that an answer built from it tells an attacker
 * nothing; {@link #reason()} is for metrics. It carries no payload, no cause and no stack trace: it
 * is cheap to throw when somebody floods the callback address with rubbish.
 */
public final class ProtocolException extends RuntimeException {

    /** What was wrong. The values become metric tags, hence few and stable. */
    public enum Reason {
        /** The signature is missing or belongs to something else. */
        SIGNATURE,
        /** The encrypted text is not base64, or not a whole number of AES blocks. */
        CIPHERTEXT,
        /** The padding is not one of the 32 legal ones. */
        PADDING,
        /** The length field points outside the decrypted bytes. */
        LENGTH,
        /** Correctly encrypted, but meant for another account. */
        RECEIVE_ID,
        /** More bytes than a callback ever has. */
        TOO_LARGE,
        /** Nested deeper than a callback ever is. */
        TOO_DEEP,
        /** A document type declaration or an entity, which a callback never has. */
        DOCTYPE,
        /** Not well-formed. */
        MALFORMED
    }

    private static final long serialVersionUID = 1;

    private final Reason reason;

    public ProtocolException(Reason reason) {
        super("callback rejected", null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
