package io.guanjia.gateway.media;

import io.guanjia.gateway.downgrade.FileLinks;
import io.guanjia.gateway.message.Media;

import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

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
        return settings.signing()
                .flatMap(key -> Optional.ofNullable(file.id()).map(id -> name(key, id)))
                .flatMap(name -> settings.published(PATH + name));
    }

    /** The file that a link's name stands for, if we made it and it is still good. */
    Optional<UUID> file(String name) {
        var bytes = bytes(name);
        return bytes.length == SAID + SIGNATURE
                ? settings.signing().flatMap(key -> file(key, bytes))
                : Optional.empty();
    }

    private Optional<UUID> file(LinkKey key, byte[] bytes) {
        var said = Arrays.copyOf(bytes, SAID);
        var signature = Arrays.copyOfRange(bytes, SAID, bytes.length);
        var read = ByteBuffer.wrap(said);
        var file = new UUID(read.getLong(), read.getLong());
        var until = Integer.toUnsignedLong(read.getInt());
        return MessageDigest.isEqual(signature(key, said), signature) && minute() < until
                ? Optional.of(file)
                : Optional.empty();
    }

    private String name(LinkKey key, String id) {
        var file = UUID.fromString(id);
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

    private static byte[] signature(LinkKey key, byte[] said) {
        return Arrays.copyOf(key.sign(said), SIGNATURE);
    }
}
