package io.guanjia.cmpp.protocol;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The header that a content may begin with (3GPP TS 23.040, 9.2.3.24): its length, then elements of
 * a type, a length and a value.
 *
 * @param part which part of which message this is; null where it is a whole one
 * @param length with the byte that says it
 */
public record UserDataHeader(@Nullable Part part, int length) {

    private static final UserDataHeader NONE = new UserDataHeader(null, 0);

    private static final int EIGHT_BIT_REFERENCE = 0x00;
    private static final int SIXTEEN_BIT_REFERENCE = 0x08;

    /**
     * One part of a longer message.
     *
     * @param reference the same in all parts of a message
     * @param number from 1
     */
    public record Part(int reference, int total, int number) {}

    /** Null when there should be one and is none that can be read. */
    public static @Nullable UserDataHeader of(UserData data) {
        if (!data.hasHeader()) {
            return NONE;
        }
        var content = data.content();
        if (content.length == 0) {
            return null;
        }
        int end = 1 + (content[0] & 0xff);
        if (end > content.length) {
            return null;
        }
        Part part = null;
        int at = 1;
        while (at + 2 <= end) {
            int type = content[at] & 0xff;
            int length = content[at + 1] & 0xff;
            if (at + 2 + length > end) {
                return null;
            }
            if (part == null) {
                part = part(type, Arrays.copyOfRange(content, at + 2, at + 2 + length));
            }
            at += 2 + length;
        }
        return at == end ? new UserDataHeader(part, end) : null;
    }

    private static @Nullable Part part(int type, byte[] value) {
        if (type == EIGHT_BIT_REFERENCE && value.length == 3) {
            return part(value[0] & 0xff, value[1], value[2]);
        }
        if (type == SIXTEEN_BIT_REFERENCE && value.length == 4) {
            return part(((value[0] & 0xff) << 8) | (value[1] & 0xff), value[2], value[3]);
        }
        return null;
    }

    /** By the standard, an element that makes no sense is to be ignored. */
    private static @Nullable Part part(int reference, byte total, byte number) {
        int parts = total & 0xff;
        int which = number & 0xff;
        return which >= 1 && which <= parts ? new Part(reference, parts, which) : null;
    }

    /** The bytes of a header that says nothing but this. */
    static byte[] bytes(Part part, boolean sixteenBits) {
        return sixteenBits
                ? new byte[] {
                    6,
                    SIXTEEN_BIT_REFERENCE,
                    4,
                    (byte) (part.reference() >> 8),
                    (byte) part.reference(),
                    (byte) part.total(),
                    (byte) part.number()
                }
                : new byte[] {
                    5,
                    EIGHT_BIT_REFERENCE,
                    3,
                    (byte) part.reference(),
                    (byte) part.total(),
                    (byte) part.number()
                };
    }
}
