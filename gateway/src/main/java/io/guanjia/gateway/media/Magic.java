package io.guanjia.gateway.media;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * Knows a file's type by how it begins. Nothing is ever unpacked, so what a file would grow to does
 * not matter.
 */
final class Magic {

    /** How much of the beginning is needed: an office document's first parts lie within it. */
    static final int HEAD = 16 * 1024;

    static final String RAR = "application/vnd.rar";
    static final String SEVEN_ZIP = "application/x-7z-compressed";
    static final String GZIP = "application/gzip";

    private static final List<Sign> SIGNS =
            List.of(
                    sign("image/jpeg", 0, 0xFF, 0xD8, 0xFF),
                    sign("image/png", 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'),
                    sign("image/gif", 0, 'G', 'I', 'F', '8'),
                    sign("audio/amr", 0, '#', '!', 'A', 'M', 'R'),
                    sign("audio/silk", 0, '#', '!', 'S', 'I', 'L', 'K'),
                    sign("audio/silk", 1, '#', '!', 'S', 'I', 'L', 'K'),
                    sign("audio/mpeg", 0, 'I', 'D', '3'),
                    sign("audio/mpeg", 0, 0xFF, 0xFB),
                    sign("audio/mpeg", 0, 0xFF, 0xF3),
                    sign("audio/mpeg", 0, 0xFF, 0xF2),
                    sign("application/pdf", 0, '%', 'P', 'D', 'F', '-'),
                    // Up to version 4, and from 5 on.
                    sign(RAR, 0, 'R', 'a', 'r', '!', 0x1A, 0x07, 0x00),
                    sign(RAR, 0, 'R', 'a', 'r', '!', 0x1A, 0x07, 0x01, 0x00),
                    sign(SEVEN_ZIP, 0, '7', 'z', 0xBC, 0xAF, 0x27, 0x1C),
                    sign(GZIP, 0, 0x1F, 0x8B, 0x08));

    private Magic() {}

    /**
     * @param head the first {@link #HEAD} bytes, or all there are
     * @param declared what somebody said it is: tells apart what begins alike, never more
     * @param name what somebody calls it: no more than that, either
     */
    static Optional<String> typeOf(byte[] head, @Nullable String declared, @Nullable String name) {
        if (begins(head, 0, 'R', 'I', 'F', 'F')) {
            return riff(head);
        }
        if (begins(head, 4, 'f', 't', 'y', 'p')) {
            return Brand.typeOf(head);
        }
        if (begins(head, 0, 'P', 'K', 3, 4)) {
            return Optional.of(Zip.typeOf(head, name));
        }
        if (Compound.begins(head)) {
            return Compound.typeOf(head, name);
        }
        if (Ogg.begins(head)) {
            return Optional.of(Ogg.typeOf(head));
        }
        if (Bitmap.begins(head)) {
            return Optional.of("image/bmp");
        }
        var known =
                SIGNS.stream()
                        .filter(sign -> begins(head, sign.at, sign.bytes))
                        .map(Sign::type)
                        .findFirst();
        return known.isPresent() ? known : PlainText.typeOf(head, declared, name);
    }

    private static Optional<String> riff(byte[] head) {
        if (begins(head, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of("image/webp");
        }
        return begins(head, 8, 'W', 'A', 'V', 'E') ? Optional.of("audio/wav") : Optional.empty();
    }

    static boolean begins(byte[] head, int at, int... bytes) {
        if (head.length < at + bytes.length) {
            return false;
        }
        for (var i = 0; i < bytes.length; i++) {
            if ((head[at + i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static Sign sign(String type, int at, int... bytes) {
        return new Sign(type, at, bytes);
    }

    private record Sign(String type, int at, int[] bytes) {}
}
