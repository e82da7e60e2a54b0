package io.guanjia.gateway.media;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a zip file is, by the names of its first entries, folders left out. Only these are read;
 * nothing is unpacked. Sources: PKWARE APPNOTE, 4.3.7; ECMA-376 part 2, 10 (how office documents
 * are packed).
 */
final class Zip {

    static final String PLAIN = "application/zip";
    static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

    static final String WORDS = OFFICE + "wordprocessingml.document";
    static final String SHEETS = OFFICE + "spreadsheetml.sheet";
    static final String SLIDES = OFFICE + "presentationml.presentation";

    private static final Map<String, String> FOLDERS =
            Map.of("word", WORDS, "xl", SHEETS, "ppt", SLIDES);
    private static final Map<String, String> EXTENSIONS =
            Map.of("docx", WORDS, "xlsx", SHEETS, "pptx", SLIDES);

    private static final int ENTRY = 'P' | 'K' << 8 | 3 << 16 | 4 << 24;
    private static final int HEADER = 30;
    private static final int LENGTH_FOLLOWS = 1 << 3;

    private Zip() {}

    /**
     * @param head begins with an entry
     * @param name says which kind of office document it is where a package's first entries don't
     */
    static String typeOf(byte[] head, @Nullable String name) {
        var parts = entries(head).stream().filter(entry -> !entry.endsWith("/")).toList();
        var named = Optional.ofNullable(EXTENSIONS.get(FileName.extension(name)));
        return parts.stream().anyMatch(Zip::isOfPackage)
                ? parts.stream().flatMap(Zip::kind).findFirst().or(() -> named).orElse(PLAIN)
                // A large picture may come before everything that only a package has.
                : named.filter(type -> parts.stream().flatMap(Zip::kind).anyMatch(type::equals))
                        .orElse(PLAIN);
    }

    private static Stream<String> kind(String part) {
        return Stream.ofNullable(FOLDERS.get(part.substring(0, Math.max(0, part.indexOf('/')))));
    }

    /** Programs write the parts in different orders. */
    private static boolean isOfPackage(String part) {
        return part.equals("[Content_Types].xml")
                || part.startsWith("_rels/")
                || part.startsWith("docProps/")
                || part.matches("(word|xl|ppt)/.+\\.(xml|rels)");
    }

    private static List<String> entries(byte[] head) {
        var bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        var names = new ArrayList<String>();
        var at = 0L;
        while (at >= 0 && at + HEADER <= head.length && bytes.getInt((int) at) == ENTRY) {
            var here = (int) at;
            var name = here + HEADER;
            var nameLength = Short.toUnsignedInt(bytes.getShort(here + 26));
            if (name + nameLength > head.length) {
                break;
            }
            names.add(new String(head, name, nameLength, StandardCharsets.UTF_8));
            var content = name + nameLength + Short.toUnsignedInt(bytes.getShort(here + 28));
            var packed = Integer.toUnsignedLong(bytes.getInt(here + 18));
            var unknown = (bytes.getShort(here + 6) & LENGTH_FOLLOWS) != 0 && packed == 0;
            at = unknown ? next(bytes, content) : content + packed;
        }
        return names;
    }

    /** Where the next entry begins, -1 if not within these bytes. */
    private static int next(ByteBuffer bytes, int from) {
        for (var at = from; at + Integer.BYTES <= bytes.limit(); at++) {
            if (bytes.getInt(at) == ENTRY) {
                return at;
            }
        }
        return -1;
    }
}
