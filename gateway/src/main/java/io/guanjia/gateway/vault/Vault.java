package io.guanjia.gateway.vault;

import io.guanjia.gateway.vault.EncryptionSettings.EncryptionKey;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts with AES-256-GCM. What is sealed for one place cannot be opened for another, so nobody
 * who can write to the database moves a secret to where it is sent elsewhere. Thread-safe.
 */
public final class Vault {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final @Nullable String writing;
    private final Map<String, SecretKeySpec> keys;
    private final SecureRandom random = new SecureRandom();

    public Vault(List<EncryptionKey> keys) {
        this.writing = keys.isEmpty() ? null : keys.getFirst().id();
        this.keys =
                keys.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        EncryptionKey::id,
                                        key -> new SecretKeySpec(key.bytes(), "AES")));
    }

    /** Whether there is a key to seal with. */
    public boolean canSeal() {
        return writing != null;
    }

    /**
     * Seals words for one place. Fails with {@link NoEncryptionKey}.
     *
     * @param place where they will be stored, such as {@code wechat/demo/secret}
     */
    public Sealed seal(String words, String place) {
        var keyId = writing;
        if (keyId == null) {
            throw new NoEncryptionKey();
        }
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, keyId, nonce, place);
            var sealed = cipher.doFinal(words.getBytes(StandardCharsets.UTF_8));
            return new Sealed(
                    keyId,
                    ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    /** Opens what was sealed for that place. Fails with {@link CannotOpen}. */
    public String open(Sealed sealed, String place) {
        if (!keys.containsKey(sealed.keyId())) {
            throw new CannotOpen(sealed.keyId(), true);
        }
        if (sealed.bytes().length < NONCE + TAG_BITS / 8) {
            throw new CannotOpen(sealed.keyId(), false);
        }
        var bytes = ByteBuffer.wrap(sealed.bytes());
        var nonce = new byte[NONCE];
        bytes.get(nonce);
        var rest = new byte[bytes.remaining()];
        bytes.get(rest);
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, sealed.keyId(), nonce, place);
            return new String(cipher.doFinal(rest), StandardCharsets.UTF_8);
        } catch (AEADBadTagException altered) {
            throw new CannotOpen(sealed.keyId(), false);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    private Cipher cipher(int mode, String keyId, byte[] nonce, String place)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
