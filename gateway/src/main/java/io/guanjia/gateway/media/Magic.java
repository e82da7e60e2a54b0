package io.guanjia.gateway.media;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Knows a file's type by how it begins. Nothing is ever unpacked, so what a file would grow to does
 * not matter.
 */
final class Magic {

    /** How much of the beginning is needed: an office document's first parts lie within it. */
    static final int HEAD = 16 * 1024;

    /** How much of a text is looked at. */
    private static final int TEXT_HEAD = 512;

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
                    sign("audio/ogg", 0, 'O', 'g', 'g', 'S'),
                    sign("application/pdf", 0, '%', 'P', 'D', 'F', '-'));

    private Magic() {}

    /**
     * @param head the first {@link #HEAD} bytes, or all there are
     * @param declared what somebody said it is: tells apart what begins alike, never more
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
        if (Bitmap.begins(head)) {
            return Optional.of("image/bmp");
        }
        var known =
                SIGNS.stream()
                        .filter(sign -> begins(head, sign.at, sign.bytes))
                        .map(Sign::type)
                        .findFirst();
        return known.isPresent() ? known : plainText(head, declared);
    }

    private static Optional<String> riff(byte[] head) {
        if (begins(head, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of("image/webp");
        }
        return begins(head, 8, 'W', 'A', 'V', 'E') ? Optional.of("audio/wav") : Optional.empty();
    }

    /** Only what is called plain text and is: nothing that a browser could take for a page. */
    private static Optional<String> plainText(byte[] head, @Nullable String declared) {
        if (declared == null || !declared.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
            return Optional.empty();
        }
        var cut = head.length > TEXT_HEAD;
        var text = cut ? Arrays.copyOf(head, TEXT_HEAD) : head;
        for (var one : text) {
            if (one >= 0 && one < ' ' && one != '\n' && one != '\r' && one != '\t') {
                return Optional.empty();
            }
        }
        return isUtf8(text, cut) ? Optional.of("text/plain") : Optional.empty();
    }

    /**
     * @param cut whether the last character may be cut off
     */
    private static boolean isUtf8(byte[] text, boolean cut) {
        for (var less = 0; less < (cut ? 4 : 1) && less <= text.length; less++) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(text, 0, text.length - less));
                return true;
            } catch (CharacterCodingException malformed) {
                // Perhaps only its last character.
            }
        }
        return false;
    }

    private static boolean begins(byte[] head, int at, int... bytes) {
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
