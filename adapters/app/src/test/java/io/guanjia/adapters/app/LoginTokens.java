package io.guanjia.adapters.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** Tokens as a company's login issues them. */
final class LoginTokens {

    private LoginTokens() {}

    static String of(String customer, Instant now) {
        return of(customer, now, Accounts.LOGIN_KEY);
    }

    static String of(String customer, Instant now, String key) {
        try {
            return signed(
                    JWSAlgorithm.HS256,
                    new MACSigner(key),
                    customer,
                    now,
                    UnaryOperator.identity());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signed(
            JWSAlgorithm algorithm,
            JWSSigner signer,
            String customer,
            Instant now,
            UnaryOperator<JWTClaimsSet.Builder> change) {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(Accounts.ISSUER)
                        .audience(Accounts.AUDIENCE)
                        .subject(customer)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(600)));
        var jwt = new SignedJWT(new JWSHeader(algorithm), change.apply(claims).build());
        try {
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
