package io.guanjia.gateway.media;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compound files (OLE2), in which Word, Excel and PowerPoint wrote until 2007 and others still do.
 * The directory says what a file is. It may lie anywhere; where that is beyond the head, what the
 * file begins with says so, and if nothing does, its name. Sources: [MS-CFB], 2.2; [MS-DOC], 2.5.2;
 * [MS-XLS], 2.4.21; [MS-PPT], 2.4.1.
 */
final class Compound {

    static final String WORDS = "application/msword";
    static final String SHEETS = "application/vnd.ms-excel";
    static final String SLIDES = "application/vnd.ms-powerpoint";

    /** Another program's, or nobody knows whose. */
    static final String OTHER = "application/x-ole-storage";

    /** Of Windows: packages, their patches and transforms, by the beginning of their class. */
    private static final Set<Long> INSTALLERS = Set.of(0xC1084L, 0xC1086L, 0xC1082L);

    private static final int HEADER = 512;
    private static final int BYTE_ORDER = 28;
    private static final int SECTOR_SHIFT = 30;
    private static final Set<Integer> SHIFTS = Set.of(9, 12);

    private Compound() {}

    static boolean begins(byte[] head) {
        return Magic.begins(head, 0, 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1);
    }

    /** Empty where the header makes no sense, and for what would be run rather than read. */
    static Optional<String> typeOf(byte[] head, @Nullable String name) {
        if (head.length < HEADER || !Magic.begins(head, BYTE_ORDER, 0xFE, 0xFF)) {
            return Optional.empty();
        }
        var file = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        var shift = (int) file.getShort(SECTOR_SHIFT);
        if (!SHIFTS.contains(shift)) {
            return Optional.empty();
        }
        var sectorSize = 1 << shift;
        var directory = CompoundDirectory.read(file, sectorSize);
        if (INSTALLERS.contains(directory.program())) {
            return Optional.empty();
        }
        var listed = directory.streams().stream().flatMap(Compound::kind).findFirst();
        return listed.isPresent() || directory.whole()
                ? listed.or(() -> Optional.of(OTHER))
                // The first sector follows the header.
                : firstStream(head, sectorSize).or(() -> named(name)).or(() -> Optional.of(OTHER));
    }

    private static Stream<String> kind(String stream) {
        return switch (stream) {
            case "worddocument" -> Stream.of(WORDS);
            case "workbook", "book" -> Stream.of(SHEETS);
            case "powerpoint document" -> Stream.of(SLIDES);
            default -> Stream.empty();
        };
    }

    /** Programs mostly write their own stream before all others. */
    private static Optional<String> firstStream(byte[] head, int at) {
        if (Magic.begins(head, at, 0xEC, 0xA5)) {
            return Optional.of(WORDS);
        }
        if (Magic.begins(head, at, 0x09, 0x08) && Magic.begins(head, at + 6, 0x05, 0x00)) {
            return Optional.of(SHEETS);
        }
        return Magic.begins(head, at, 0x0F, 0x00, 0xE8, 0x03)
                ? Optional.of(SLIDES)
                : Optional.empty();
    }

    private static Optional<String> named(@Nullable String name) {
        return switch (FileName.extension(name)) {
            case "doc" -> Optional.of(WORDS);
            case "xls" -> Optional.of(SHEETS);
            case "ppt" -> Optional.of(SLIDES);
            default -> Optional.empty();
        };
    }
}
