package io.guanjia.adapters.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;

import io.guanjia.adapters.app.AppAccount.Algorithm;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;

class TokensTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:30:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final Tokens tokens = new Tokens(Accounts.web(), CLOCK);

    @Test
    void knowsACustomerByTheLoginsToken() {
        assertThat(tokens.check(LoginTokens.of("C10086", NOW)))
                .hasValueSatisfying(
                        customer -> {
                            assertThat(customer.address().party()).isEqualTo("C10086");
                            assertThat(customer.visitor()).isFalse();
                        });
    }

    @Test
    void knowsAVisitorAgain() {
        var token = VisitorTokens.issue(Accounts.web(), new UUID(1, 2), NOW);

        assertThat(tokens.check(token))
                .hasValueSatisfying(customer -> assertThat(customer.visitor()).isTrue());
        assertThat(tokens.check(token.substring(0, token.length() - 3) + "abc")).isEmpty();
    }

    @Test
    void knowsTokensOfPublicKeys() throws GeneralSecurityException, JOSEException {
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var ec = elliptic();

        assertThat(
                        login(Algorithm.RS256, pem(rsa))
                                .check(
                                        token(
                                                JWSAlgorithm.RS256,
                                                new RSASSASigner(rsa.getPrivate()))))
                .isPresent();
        assertThat(
                        login(Algorithm.ES256, pem(ec))
                                .check(
                                        token(
                                                JWSAlgorithm.ES256,
                                                new ECDSASigner((ECPrivateKey) ec.getPrivate()))))
                .isPresent();
    }

    @Test
    void refusesAnotherAlgorithmThanTheSettings() throws GeneralSecurityException, JOSEException {
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        // The classic: the public key, which everybody may have, as a shared secret.
        var confused = new MACSigner(pem(rsa).getBytes(StandardCharsets.UTF_8));

        assertThat(login(Algorithm.RS256, pem(rsa)).check(token(JWSAlgorithm.HS256, confused)))
                .isEmpty();
        assertThat(
                        tokens.check(
                                token(
                                        JWSAlgorithm.HS512,
                                        new MACSigner("0123456789abcdef".repeat(4)))))
                .isEmpty();
    }

    @Test
    void refusesWhatNobodySigned() {
        var plain =
                new PlainJWT(
                        new JWTClaimsSet.Builder()
                                .issuer(Accounts.ISSUER)
                                .audience(Accounts.AUDIENCE)
                                .subject("C10086")
                                .expirationTime(Date.from(NOW.plusSeconds(60)))
                                .build());

        assertThat(tokens.check(plain.serialize())).isEmpty();
        assertThat(tokens.check("")).isEmpty();
        assertThat(tokens.check("a.b.c")).isEmpty();
        assertThat(tokens.check("x".repeat(5000))).isEmpty();
        assertThat(tokens.check(LoginTokens.of("C10086", NOW, "another-key-0123456789abcdef01234")))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNotForUsOrNotNow() {
        assertThat(claims(all -> all.issuer("https://elsewhere.example"))).isFalse();
        assertThat(claims(all -> all.audience("another-system"))).isFalse();
        assertThat(claims(all -> all.expirationTime(Date.from(NOW.minusSeconds(31))))).isFalse();
        assertThat(claims(all -> all.expirationTime(null))).isFalse();
        assertThat(claims(all -> all.notBeforeTime(Date.from(NOW.plusSeconds(60))))).isFalse();
        assertThat(claims(all -> all.issueTime(Date.from(NOW.plusSeconds(60))))).isFalse();
        assertThat(claims(all -> all.subject(null))).isFalse();
        assertThat(claims(all -> all.subject("张三"))).isFalse();
        assertThat(claims(UnaryOperator.identity())).isTrue();
    }

    @Test
    void nobodyCallsThemselvesAVisitor() {
        assertThat(claims(all -> all.subject("visitor:" + new UUID(1, 2)))).isFalse();
        assertThat(claims(all -> all.issuer(VisitorTokens.ISSUER).audience("web"))).isFalse();
    }

    @Test
    void aVisitorOfOneAccountIsNoneOfAnother() {
        var elsewhere =
                new AppAccount(
                        "app",
                        Accounts.SESSION_KEY,
                        null,
                        null,
                        null,
                        null,
                        true,
                        java.time.Duration.ofDays(1),
                        java.util.List.of(),
                        100,
                        org.springframework.util.unit.DataSize.ofMegabytes(200),
                        java.time.Duration.ZERO,
                        null,
                        null,
                        java.time.Duration.ofSeconds(1));

        assertThat(tokens.check(VisitorTokens.issue(elsewhere, new UUID(1, 2), NOW))).isEmpty();
    }

    private boolean claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            return tokens.check(
                            LoginTokens.signed(
                                    JWSAlgorithm.HS256,
                                    new MACSigner(Accounts.LOGIN_KEY),
                                    "C10086",
                                    NOW,
                                    change))
                    .isPresent();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(JWSAlgorithm algorithm, JWSSigner signer) {
        return LoginTokens.signed(algorithm, signer, "C10086", NOW, UnaryOperator.identity());
    }

    private static Tokens login(Algorithm algorithm, String key) {
        return new Tokens(Accounts.with(algorithm, key, null), CLOCK);
    }

    private static KeyPair elliptic() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String pem(KeyPair keys) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
