package io.guanjia.gateway.media;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How much a zip file says that it unpacks to. Only its list of entries is read, in constant
 * memory; nothing is unpacked. Source: PKWARE APPNOTE, 4.3.12 and 4.3.16.
 */
final class ZipDirectory {

    private static final int ENTRY = 'P' | 'K' << 8 | 1 << 16 | 2 << 24;
    private static final int ENTRY_LENGTH = 46;
    private static final int END = 'P' | 'K' << 8 | 5 << 16 | 6 << 24;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;

    /** Stands for a number that is too large for its place, which no file of ours needs. */
    private static final long ELSEWHERE = 0xFFFF_FFFFL;

    /** Where no entry stands at the place that was looked at. */
    private static final long NONE = -1;

    private ZipDirectory() {}

    /**
     * In bytes: 0 where it has no list of entries, {@link Long#MAX_VALUE} where it says that it has
     * one and we do not find it, although a program that tries harder might. Programs differ in
     * what they take for the end record, the last that looks like one or the one that ends with the
     * file, and look for the list before it or where it says that the list begins; the largest
     * counts.
     */
    static long unpacked(Path zip) throws IOException {
        try (var file = FileChannel.open(zip, StandardOpenOption.READ)) {
            var from = Math.max(0, file.size() - END_LENGTH - LONGEST_COMMENT);
            var tail = tail(file, from);
            var last = NONE;
            for (var at = tail.limit() - END_LENGTH; at >= 0; at--) {
                if (tail.getInt(at) != END) {
                    continue;
                }
                var comment = Short.toUnsignedInt(tail.getShort(at + 20));
                var endsWithFile = at + END_LENGTH + comment == tail.limit();
                if (last == NONE || endsWithFile) {
                    last = Math.max(last, listedBefore(file, from, tail, at));
                }
                if (endsWithFile) {
                    break;
                }
            }
            return Math.max(last, 0);
        }
    }

    private static long listedBefore(FileChannel file, long from, ByteBuffer tail, int at)
            throws IOException {
        var length = Integer.toUnsignedLong(tail.getInt(at + 12));
        var offset = Integer.toUnsignedLong(tail.getInt(at + 16));
        if (length == ELSEWHERE || offset == ELSEWHERE) {
            return Long.MAX_VALUE;
        }
        var all = Math.max(sum(file, from + at - length), sum(file, offset));
        return all != NONE ? all : tail.getShort(at + 10) == 0 ? 0 : Long.MAX_VALUE;
    }

    private static ByteBuffer tail(FileChannel file, long from) throws IOException {
        var tail = ByteBuffer.allocate((int) (file.size() - from)).order(ByteOrder.LITTLE_ENDIAN);
        while (tail.hasRemaining() && file.read(tail, from + tail.position()) >= 0) {
            // One reading may bring less.
        }
        return tail.flip();
    }

    /** As long as there are entries, whatever the end record says of their number and length. */
    private static long sum(FileChannel file, long from) throws IOException {
        if (from < 0 || from > file.size()) {
            return NONE;
        }
        var list =
                new DataInputStream(
                        new BufferedInputStream(Channels.newInputStream(file.position(from))));
        var header = new byte[ENTRY_LENGTH];
        var entry = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        var all = NONE;
        try {
            for (list.readFully(header); entry.getInt(0) == ENTRY; list.readFully(header)) {
                all = Math.max(all, 0) + Integer.toUnsignedLong(entry.getInt(24));
                var rest =
                        Short.toUnsignedInt(entry.getShort(28))
                                + Short.toUnsignedInt(entry.getShort(30))
                                + Short.toUnsignedInt(entry.getShort(32));
                list.skipNBytes(rest);
            }
        } catch (EOFException cutOff) {
            // What was listed before counts.
        }
        return all;
    }
}
