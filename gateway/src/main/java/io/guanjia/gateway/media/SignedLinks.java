package io.guanjia.gateway.media;

import io.guanjia.gateway.downgrade.FileLinks;
import io.guanjia.gateway.message.Media;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links to files of ours that customers can open without signing in, until they expire. A link says
 * which file and until when, and a signature that only we can make vouches for both.
 *
 * <p>In a short message every 67 characters cost, so all three are one name of 43 characters: 16
 * bytes of the file's id, 4 of the minute it expires in, 12 of an HMAC-SHA256. Who guesses a
 * signature has one chance in 2⁹⁶, and has to ask us.
 */
final class SignedLinks implements FileLinks {

    static final String PATH = "/f/";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SAID = 16 + 4;
    private static final int SIGNATURE = 12;
    private static final int SECONDS_A_MINUTE = 60;

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
        var base = address.toString().replaceAll("/+$", "");
        return Optional.of(URI.create(base + PATH + name(key, UUID.fromString(file.id()))));
    }

    /** The file that a link's name stands for, if we made it and it is still good. */
    Optional<UUID> file(String name) {
        var key = settings.linkKey();
        var bytes = bytes(name);
        if (key == null || bytes.length != SAID + SIGNATURE) {
            return Optional.empty();
        }
        var said = Arrays.copyOf(bytes, SAID);
        var signature = Arrays.copyOfRange(bytes, SAID, bytes.length);
        var read = ByteBuffer.wrap(said);
        var file = new UUID(read.getLong(), read.getLong());
        var until = Integer.toUnsignedLong(read.getInt());
        return MessageDigest.isEqual(signature(key, said), signature) && minute() < until
                ? Optional.of(file)
                : Optional.empty();
    }

    private String name(String key, UUID file) {
        var life = Math.ceilDiv(settings.linkLife().toSeconds(), SECONDS_A_MINUTE);
        // The minute we are in has begun.
        var until = minute() + life + 1;
        var said =
                ByteBuffer.allocate(SAID)
                        .putLong(file.getMostSignificantBits())
                        .putLong(file.getLeastSignificantBits())
                        .putInt((int) until)
                        .array();
        var whole = ByteBuffer.allocate(SAID + SIGNATURE).put(said).put(signature(key, said));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.array());
    }

    private long minute() {
        return TimeUnit.SECONDS.toMinutes(clock.instant().getEpochSecond());
    }

    private static byte[] bytes(String name) {
        try {
            return Base64.getUrlDecoder().decode(name);
        } catch (IllegalArgumentException notOurs) {
            return new byte[0];
        }
    }

    private static byte[] signature(String key, byte[] said) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Arrays.copyOf(mac.doFinal(said), SIGNATURE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
