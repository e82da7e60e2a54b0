package io.guanjia.adapters.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Tokens for those who have not logged in. They prove that somebody is the same as last time. */
final class VisitorTokens {

    static final String ISSUER = "guanjia-visitor";

    private VisitorTokens() {}

    /** For a visitor who is new here. */
    static String issue(AppAccount account, UUID id, Instant now) {
        var jwt =
                new SignedJWT(
                        new JWSHeader(JWSAlgorithm.HS256),
                        new JWTClaimsSet.Builder()
                                .issuer(ISSUER)
                                .audience(account.name())
                                .subject(Customer.VISITOR + id)
                                .issueTime(Date.from(now))
                                .expirationTime(Date.from(now.plus(account.visitorLife())))
                                .build());
        try {
            jwt.sign(new MACSigner(key(account)));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a session key that was checked does not sign", e);
        }
    }

    static byte[] key(AppAccount account) {
        return account.sessionKey().getBytes(StandardCharsets.UTF_8);
    }
}
