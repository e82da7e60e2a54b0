package io.guanjia.adapters.app;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links under which a client loads a file of its thread, since a picture on a page cannot show a
 * token. They are good for a day or two and the same for a day, so that browsers keep what they
 * have loaded. Relative to where the client reached us, so they need no address of ours.
 */
final class MediaLinks {

    static final String PATH = "/app/v1/media/";

    private static final String ALGORITHM = "HmacSHA256";
    private static final long DAY = Duration.ofDays(1).toSeconds();

    private final AppAccount account;
    private final Clock clock;

    MediaLinks(AppAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    String to(String file) {
        var until = (clock.instant().getEpochSecond() / DAY + 2) * DAY;
        return PATH
                + file
                + "?account="
                + account.name()
                + "&until="
                + until
                + "&signature="
                + signature(file, until);
    }

    /** Adds links to the files in what a line says. */
    JsonNode into(JsonNode content) {
        for (var field : List.of("media", "thumbnail")) {
            if (content.get(field) instanceof ObjectNode file && file.path("id").isString()) {
                file.put("url", to(file.path("id").asString()));
            }
        }
        return content;
    }

    /** Whether we made this link and it is still good. Takes as long whatever is wrong with it. */
    boolean good(String file, long until, String signature) {
        return MessageDigest.isEqual(
                        signature(file, until).getBytes(StandardCharsets.UTF_8),
                        signature.getBytes(StandardCharsets.UTF_8))
                && clock.instant().isBefore(Instant.ofEpochSecond(until));
    }

    private String signature(String file, long until) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(VisitorTokens.key(account), ALGORITHM));
            var signed =
                    mac.doFinal(("file." + file + "." + until).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
