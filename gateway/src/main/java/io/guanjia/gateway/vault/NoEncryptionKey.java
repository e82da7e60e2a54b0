package io.guanjia.gateway.vault;

/** There is no key to encrypt with, so nothing secret may be stored. */
public final class NoEncryptionKey extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoEncryptionKey() {
        super("guanjia.security.encryption-keys is empty", null, false, false);
    }
}
