package io.guanjia.cmpp.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How both ends prove that they know the secret (CMPP 3.0, 8.4.1). */
public final class Authenticator {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("MMddHHmmss", Locale.ROOT).withZone(CHINA);

    private Authenticator() {}

    /** Timestamp: month, day, hour, minute, second in China, as one number. */
    public static int timestamp(Instant now) {
        return Integer.parseInt(TIMESTAMP.format(now));
    }

    /** AuthenticatorSource: MD5 of Source_Addr, nine zeros, the secret and the timestamp. */
    public static byte[] ofSource(String sourceAddress, String secret, int timestamp) {
        return md5(
                sourceAddress.getBytes(ISO_8859_1),
                new byte[9],
                secret.getBytes(ISO_8859_1),
                String.format(Locale.ROOT, "%010d", timestamp).getBytes(ISO_8859_1));
    }

    /** AuthenticatorISMG: MD5 of Status, AuthenticatorSource and the secret. */
    public static byte[] ofGateway(int status, byte[] ofSource, String secret, Version version) {
        var wide = ByteBuffer.allocate(4).putInt(status).array();
        return md5(
                version == Version.V3_0 ? wide : new byte[] {wide[3]},
                ofSource,
                secret.getBytes(ISO_8859_1));
    }

    /** In constant time. */
    public static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    private static byte[] md5(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("MD5");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
