package io.guanjia.gateway.vault;

/**
 * Words that only we can read.
 *
 * @param keyId which key opens it
 * @param bytes nonce, ciphertext and tag. Not to be changed
 */
public record Sealed(String keyId, byte[] bytes) {

    @Override
    public String toString() {
        return "Sealed[" + keyId + "]";
    }
}
