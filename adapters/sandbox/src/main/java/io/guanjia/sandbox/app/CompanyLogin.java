package io.guanjia.sandbox.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;

import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/** The company's login: says in signed tokens (JWT, HS256) who has signed in. */
final class CompanyLogin {

    /** As the gateway recommends; a socket that outlives it has to come back with a new one. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final AppCredentials credentials;
    private final Clock clock;

    CompanyLogin(AppCredentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    String token(String customer, String name) {
        var now = clock.instant();
        var header = Json.object().put("alg", "HS256").put("typ", "JWT");
        var claims =
                Json.object()
                        .put("iss", credentials.issuer())
                        .put("aud", credentials.audience())
                        .put("sub", customer)
                        .put("name", name)
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.plus(LIFE).getEpochSecond());
        var signed = encoded(header.toString()) + '.' + encoded(claims.toString());
        var signature = Hmac.of(credentials.tokenKey(), signed.getBytes(US_ASCII));
        return signed + '.' + BASE64.encodeToString(signature);
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(UTF_8));
    }
}
