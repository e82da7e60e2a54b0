package io.guanjia.adapters.app;

import io.guanjia.adapters.app.AppAccount.Algorithm;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** Reads a login's public key as its administrator pastes it. */
final class PublicKeys {

    /** RFC 7518, 3.3. */
    private static final int SHORTEST_RSA = 2048;

    private PublicKeys() {}

    /** Empty for what is no key, one of another kind, or one that is too short. */
    static Optional<PublicKey> read(Algorithm algorithm, String pem) {
        try {
            var base64 = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----|\\s", "");
            var key =
                    KeyFactory.getInstance(algorithm == Algorithm.RS256 ? "RSA" : "EC")
                            .generatePublic(
                                    new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
            return fits(algorithm, key) ? Optional.of(key) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean fits(Algorithm algorithm, PublicKey key) {
        return switch (algorithm) {
            case HS256 -> false;
            case RS256 ->
                    key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SHORTEST_RSA;
            // P-256, the only curve of ES256.
            case ES256 ->
                    key instanceof ECPublicKey ec
                            && ec.getParams().getCurve().getField().getFieldSize() == 256;
        };
    }
}
