package io.guanjia.gateway.accounts;

import io.guanjia.gateway.vault.Sealed;

import java.time.Instant;
import java.util.Map;

/**
 * One account as it is kept.
 *
 * @param settings by key, no secret among them
 * @param secrets by key, sealed
 * @param revision another one with every change
 */
record StoredAccount(
        AccountId id,
        boolean enabled,
        Map<String, String> settings,
        Map<String, StoredSecret> secrets,
        long revision,
        Instant changedAt,
        String changedBy) {

    StoredAccount {
        settings = Map.copyOf(settings);
        secrets = Map.copyOf(secrets);
    }

    /** A secret, and since when. */
    record StoredSecret(String keyId, byte[] sealed, Instant setAt) {

        static StoredSecret of(Sealed sealed, Instant now) {
            return new StoredSecret(sealed.keyId(), sealed.bytes(), now);
        }

        Sealed toOpen() {
            return new Sealed(keyId, sealed);
        }

        @Override
        public String toString() {
            return "StoredSecret[" + keyId + ", " + setAt + "]";
        }
    }

    @Override
    public String toString() {
        return "StoredAccount[" + id + ", enabled=" + enabled + ", revision=" + revision + "]";
    }
}
