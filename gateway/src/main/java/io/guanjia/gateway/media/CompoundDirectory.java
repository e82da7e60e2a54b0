package io.guanjia.gateway.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * What the directory of a compound file says, as far as it lies within the head. What it says about
 * places is not believed: a chain or a tree that leads back to itself ends there. Source: [MS-CFB],
 * 2.2 (header), 2.3 (table of sectors), 2.6 (directory).
 *
 * @param streams the names of the streams at the top in lower case, without those of documents that
 *     are inside of this one
 * @param whole whether these are all there are at the top
 * @param program the first eight bytes of the root's class; 0 where it has none, or is not seen
 */
record CompoundDirectory(List<String> streams, boolean whole, long program) {

    private static final int FIRST_SECTOR = 48;
    private static final int FIRST_TABLE = 76;

    private static final int ENTRY = 128;
    private static final int NAME_LENGTH = 64;
    private static final int LONGEST_NAME = 64;
    private static final int KIND = 66;
    private static final int LEFT = 68;
    private static final int RIGHT = 72;
    private static final int CHILD = 76;
    private static final int CLASS = 80;

    private static final byte STREAM = 2;
    private static final int NONE = -1;

    /**
     * @param head in the file's byte order, with the whole header
     */
    static CompoundDirectory read(ByteBuffer head, int sectorSize) {
        var entries = entries(head, sectorSize);
        if (entries.isEmpty()) {
            return new CompoundDirectory(List.of(), false, 0);
        }
        int root = entries.getFirst();
        var streams = new ArrayList<String>();
        var whole = true;
        var visited = new HashSet<Integer>();
        var ahead = new ArrayDeque<Integer>();
        ahead.add(head.getInt(root + CHILD));
        while (!ahead.isEmpty()) {
            int id = ahead.remove();
            var there = id >= 0 && id < entries.size();
            if (there && visited.add(id)) {
                int at = entries.get(id);
                if (head.get(at + KIND) == STREAM) {
                    streams.add(name(head, at));
                }
                ahead.add(head.getInt(at + LEFT));
                ahead.add(head.getInt(at + RIGHT));
            }
            whole &= there || id == NONE;
        }
        return new CompoundDirectory(streams, whole, head.getLong(root + CLASS));
    }

    /** Where each begins, in the order of their ids. */
    private static List<Integer> entries(ByteBuffer head, int sectorSize) {
        var entries = new ArrayList<Integer>();
        var sector = head.getInt(FIRST_SECTOR);
        while (isSeen(head, sectorSize, sector) && entries.size() < head.limit() / ENTRY) {
            var from = (sector + 1) * sectorSize;
            for (var at = from; at < from + sectorSize; at += ENTRY) {
                entries.add(at);
            }
            sector = after(head, sectorSize, sector);
        }
        return entries;
    }

    /** The next sector of a chain. What we see of a file is all in the first table. */
    private static int after(ByteBuffer head, int sectorSize, int sector) {
        var table = head.getInt(FIRST_TABLE);
        return isSeen(head, sectorSize, table) && sector < sectorSize / Integer.BYTES
                ? head.getInt((table + 1) * sectorSize + sector * Integer.BYTES)
                : NONE;
    }

    private static boolean isSeen(ByteBuffer head, int sectorSize, int sector) {
        return sector >= 0 && (sector + 2L) * sectorSize <= head.limit();
    }

    /** Names are compared without case. */
    private static String name(ByteBuffer head, int at) {
        var length = Short.toUnsignedInt(head.getShort(at + NAME_LENGTH));
        if (length < 2 || length > LONGEST_NAME) {
            return "";
        }
        // It ends with a zero, which counts.
        var name = new byte[length - 2];
        head.get(at, name);
        return new String(name, StandardCharsets.UTF_16LE).toLowerCase(Locale.ROOT);
    }
}
