package io.guanjia.adapters.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import io.guanjia.gateway.message.Address;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks the tokens of one account: its login's and our visitors'. The algorithm is the one of the
 * settings, never the one a token names.
 */
final class Tokens {

    /** Clocks differ. */
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private static final int LONGEST = 4096;
    private static final Pattern PARTY = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final int LONGEST_NAME = 64;

    private final AppAccount account;
    private final JWSVerifier visitors;
    private final @Nullable JWSVerifier login;
    private final Clock clock;

    Tokens(AppAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
        try {
            visitors = new MACVerifier(VisitorTokens.key(account));
            login = login(account);
        } catch (JOSEException e) {
            throw new IllegalStateException("a key that was checked does not verify", e);
        }
    }

    private static @Nullable JWSVerifier login(AppAccount account) throws JOSEException {
        var algorithm = account.tokenAlgorithm();
        if (algorithm == null) {
            return null;
        }
        var key = Objects.requireNonNull(account.tokenKey());
        return switch (algorithm) {
            case HS256 -> new MACVerifier(key.getBytes(StandardCharsets.UTF_8));
            case RS256 -> new RSASSAVerifier((RSAPublicKey) read(algorithm, key));
            case ES256 -> new ECDSAVerifier((ECPublicKey) read(algorithm, key));
        };
    }

    private static PublicKey read(AppAccount.Algorithm algorithm, String key) {
        return PublicKeys.read(algorithm, key).orElseThrow();
    }

    /** Empty for whatever is wrong with it: whoever forges learns nothing from the answer. */
    Optional<Customer> check(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var jwt = SignedJWT.parse(token);
            var claims = jwt.getJWTClaimsSet();
            return VisitorTokens.ISSUER.equals(claims.getIssuer())
                    ? visitor(jwt, claims)
                    : identified(jwt, claims);
        } catch (ParseException | JOSEException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Optional<Customer> visitor(SignedJWT jwt, JWTClaimsSet claims) throws JOSEException {
        return account.visitors()
                        && signed(jwt, "HS256", visitors)
                        && inForce(claims)
                        && claims.getAudience().equals(List.of(account.name()))
                        && Customer.isVisitor(Objects.requireNonNullElse(claims.getSubject(), ""))
                ? Optional.of(customer(claims, null))
                : Optional.empty();
    }

    private Optional<Customer> identified(SignedJWT jwt, JWTClaimsSet claims)
            throws JOSEException, ParseException {
        var algorithm = account.tokenAlgorithm();
        return login != null
                        && algorithm != null
                        && signed(jwt, algorithm.name(), login)
                        && inForce(claims)
                        && Objects.equals(claims.getIssuer(), account.tokenIssuer())
                        && claims.getAudience().contains(account.tokenAudience())
                        && mayBe(claims.getSubject())
                ? Optional.of(customer(claims, name(claims)))
                : Optional.empty();
    }

    private static boolean signed(SignedJWT jwt, String algorithm, JWSVerifier verifier)
            throws JOSEException {
        return jwt.getHeader().getAlgorithm().getName().equals(algorithm) && jwt.verify(verifier);
    }

    private boolean inForce(JWTClaimsSet claims) {
        var now = clock.instant();
        var soon = now.plus(LEEWAY);
        var expires = claims.getExpirationTime();
        return expires != null
                && expires.toInstant().plus(LEEWAY).isAfter(now)
                && !isAfter(claims.getNotBeforeTime(), soon)
                && !isAfter(claims.getIssueTime(), soon);
    }

    private static boolean isAfter(@Nullable Date time, Instant limit) {
        return time != null && time.toInstant().isAfter(limit);
    }

    private static boolean mayBe(@Nullable String subject) {
        return subject != null
                && PARTY.matcher(subject).matches()
                && !Customer.isVisitor(subject.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String name(JWTClaimsSet claims) throws ParseException {
        var name = claims.getStringClaim("name");
        if (name == null) {
            return null;
        }
        var clean = name.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.isEmpty()
                ? null
                : clean.substring(
                        0,
                        clean.offsetByCodePoints(
                                0,
                                Math.min(clean.codePointCount(0, clean.length()), LONGEST_NAME)));
    }

    private Customer customer(JWTClaimsSet claims, @Nullable String name) {
        return new Customer(
                new Address(
                        AppChannel.NAME,
                        account.name(),
                        Objects.requireNonNull(claims.getSubject())),
                name,
                claims.getExpirationTime().toInstant());
    }
}
