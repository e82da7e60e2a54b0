package io.guanjia.gateway.media;

import io.guanjia.gateway.downgrade.FileLinks;
import io.guanjia.gateway.message.Media;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links to files of ours that customers can open without signing in, until they expire. A link says
 * which file and until when, and a signature (HMAC-SHA256) that only we can make vouches for both.
 */
final class SignedLinks implements FileLinks {

    private static final String ALGORITHM = "HmacSHA256";

    private final MediaSettings settings;
    private final Clock clock;

    SignedLinks(MediaSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Optional<URI> to(Media file) {
        var address = settings.publicAddress();
        var key = settings.linkKey();
        if (address == null || key == null || file.id() == null) {
            return Optional.empty();
        }
        var until = clock.instant().plus(settings.linkLife()).getEpochSecond();
        var base = address.toString().replaceAll("/+$", "");
        return Optional.of(
                URI.create(
                        base
                                + "/files/"
                                + file.id()
                                + "?until="
                                + until
                                + "&signature="
                                + signature(key, file.id(), until)));
    }

    /** Whether we made this link and it is still good. Takes as long whatever is wrong with it. */
    boolean good(UUID file, long until, String signature) {
        @Nullable String key = settings.linkKey();
        return key != null
                && MessageDigest.isEqual(
                        signature(key, file.toString(), until).getBytes(StandardCharsets.UTF_8),
                        signature.getBytes(StandardCharsets.UTF_8))
                && clock.instant().isBefore(Instant.ofEpochSecond(until));
    }

    private static String signature(String key, String file, long until) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            var signed = mac.doFinal((file + "." + until).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
