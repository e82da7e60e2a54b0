package io.guanjia.gateway.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Windows bitmaps. Their sign is two letters with which words begin too, so the header behind them
 * has to make sense. Source: Microsoft, BITMAPFILEHEADER and BITMAPINFOHEADER (wingdi.h).
 */
final class Bitmap {

    private static final int FILE_HEADER = 14;
    private static final int OLDEST_INFO = 12;
    private static final Set<Integer> INFO = Set.of(OLDEST_INFO, 16, 40, 52, 56, 64, 108, 124);
    private static final int NEEDED = FILE_HEADER + 14;

    private Bitmap() {}

    static boolean begins(byte[] head) {
        if (head.length < NEEDED || head[0] != 'B' || head[1] != 'M') {
            return false;
        }
        var header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        var size = Integer.toUnsignedLong(header.getInt(2));
        var pixels = Integer.toUnsignedLong(header.getInt(10));
        var info = header.getInt(FILE_HEADER);
        var planes = header.getShort(FILE_HEADER + (info == OLDEST_INFO ? 8 : 12));
        return INFO.contains(info)
                && planes == 1
                && pixels >= FILE_HEADER + info
                // Some leave the size out.
                && (size == 0 || size >= pixels);
    }
}
