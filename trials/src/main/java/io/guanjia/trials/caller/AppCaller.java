package io.guanjia.trials.caller;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The company's own app, whose customers have signed in. */
public record AppCaller(String loginKey) implements Caller {

    private static final Duration VALID = Duration.ofHours(2);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    @Override
    public String channel() {
        return "app";
    }

    @Override
    public String path() {
        return "/app/v1/messages";
    }

    @Override
    public String customer(long number) {
        return "C" + number;
    }

    /** The token that the company's login gives a customer. */
    public String token(String customer, Instant now) {
        var claims =
                "{\"iss\":\"trial-login\",\"aud\":\"guanjia\",\"sub\":\"%s\",\"exp\":%d}"
                        .formatted(customer, now.plus(VALID).getEpochSecond());
        var signed = encoded("{\"alg\":\"HS256\"}") + "." + encoded(claims);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(loginKey.getBytes(UTF_8), "HmacSHA256"));
            return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(UTF_8));
    }

    @Override
    public Call call(Said said, Instant sent) {
        var body =
                "{\"id\":\"%d\",\"content\":{\"type\":\"text\",\"body\":\"%s\"},\"at\":\"%s\"}"
                        .formatted(said.id(), said.words(), said.at());
        return new Call(
                "account=" + ACCOUNT,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + token(said.customer(), sent)),
                body);
    }

    @Override
    public Kept kept() {
        return new Kept(202, "{\"id\":", false);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "session-key", "trial-session-key-0123456789abcdef",
                "token-algorithm", "HS256",
                "token-key", loginKey,
                "token-issuer", "trial-login",
                "token-audience", "guanjia");
    }
}
