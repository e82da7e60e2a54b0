package io.guanjia.gateway.vault;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What we encrypt with, under {@code guanjia.security}.
 *
 * @param encryptionKeys the first one writes, all of them read. To change keys, put a new one in
 *     front and leave the others
 */
@ConfigurationProperties("guanjia.security")
public record EncryptionSettings(@DefaultValue List<EncryptionKey> encryptionKeys) {

    public EncryptionSettings {
        encryptionKeys = List.copyOf(encryptionKeys);
        var seen = new HashSet<String>();
        for (var key : encryptionKeys) {
            if (!seen.add(key.id())) {
                throw new IllegalArgumentException(
                        "encryption-keys[*].id must differ from key to key");
            }
        }
    }

    /**
     * One key.
     *
     * @param id stored with what it encrypts
     * @param key 32 random bytes in base64
     */
    public record EncryptionKey(String id, String key) {

        static final int BYTES = 32;

        private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,40}");

        public EncryptionKey {
            if (id == null || !ID.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        "id must be up to 40 letters, digits, '.', '_' or '-', such as 2026-01");
            }
            if (key == null || !isKey(key)) {
                throw new IllegalArgumentException(
                        "key must be 32 random bytes in base64, such as from openssl rand -base64"
                                + " 32");
            }
        }

        byte[] bytes() {
            return Base64.getDecoder().decode(key.strip());
        }

        private static boolean isKey(String key) {
            try {
                return Base64.getDecoder().decode(key.strip()).length == BYTES;
            } catch (IllegalArgumentException notBase64) {
                return false;
            }
        }

        /** Leaves out the key: this ends up in logs. */
        @Override
        public String toString() {
            return "EncryptionKey[" + id + "]";
        }
    }
}
