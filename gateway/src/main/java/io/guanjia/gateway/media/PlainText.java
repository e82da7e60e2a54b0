package io.guanjia.gateway.media;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts and tables (CSV) in UTF-8, or in GB18030, of which GBK is a part, in which Excel writes in
 * China. Only what is called so and is: nothing that a browser could take for a page. A type that
 * names no charset means UTF-8.
 */
final class PlainText {

    static final String PLAIN = "text/plain";
    static final String TABLE = "text/csv";

    private static final Charset CHINESE = Charset.forName("GB18030");
    private static final String IN_CHINESE = ";charset=GB18030";

    /** A text is not refused for a character that comes after these. */
    private static final int START = 512;

    private PlainText() {}

    static Optional<String> typeOf(byte[] head, @Nullable String declared, @Nullable String name) {
        return called(declared, name).flatMap(type -> written(type, head));
    }

    /** With the charsets in which we keep the texts among them. */
    static Set<String> inAllCharsets(Set<String> types) {
        var chinese = types.stream().filter(PlainText::isOurs).map(type -> type + IN_CHINESE);
        return Stream.concat(types.stream(), chinese).collect(Collectors.toUnmodifiableSet());
    }

    /** The bytes of a table don't say so, and what its sender says depends on their computer. */
    private static Optional<String> called(@Nullable String declared, @Nullable String name) {
        return switch (FileName.extension(name)) {
            case "txt" -> Optional.of(PLAIN);
            case "csv" -> Optional.of(TABLE);
            default ->
                    Optional.ofNullable(declared)
                            .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                            .filter(PlainText::isOurs);
        };
    }

    private static boolean isOurs(String type) {
        return type.equals(PLAIN) || type.equals(TABLE);
    }

    /** Many a text begins with ASCII alone; so the rest of the head is asked for its charset. */
    private static Optional<String> written(String type, byte[] head) {
        var cut = head.length >= Magic.HEAD;
        if (isText(StandardCharsets.UTF_8, head, cut)) {
            return Optional.of(type);
        }
        if (isText(CHINESE, head, cut)) {
            return Optional.of(type + IN_CHINESE);
        }
        return head.length > START
                        && isText(StandardCharsets.UTF_8, Arrays.copyOf(head, START), true)
                ? Optional.of(type)
                : Optional.empty();
    }

    /**
     * @param cut whether the last character may be cut off
     */
    private static boolean isText(Charset charset, byte[] bytes, boolean cut) {
        var text = CharBuffer.allocate(bytes.length);
        var end = charset.newDecoder().decode(ByteBuffer.wrap(bytes), text, !cut);
        return end.isUnderflow() && text.flip().chars().noneMatch(PlainText::isControl);
    }

    /** Statements have page breaks. */
    private static boolean isControl(int one) {
        return one < ' ' && one != '\n' && one != '\r' && one != '\t' && one != '\f';
    }
}
