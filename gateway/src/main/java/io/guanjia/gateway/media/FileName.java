package io.guanjia.gateway.media;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * What outsiders call a file: made fit to be shown and to stand in a header, and held to its word.
 */
final class FileName {

    private static final int LONGEST = 120;

    private FileName() {}

    /** Without path, control and formatting characters; null where nothing is left. */
    static @Nullable String clean(@Nullable String name) {
        if (name == null) {
            return null;
        }
        var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        var clean = last.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\"]", "").strip();
        var points = clean.codePointCount(0, clean.length());
        var cut =
                points <= LONGEST
                        ? clean
                        : clean.substring(clean.offsetByCodePoints(0, points - LONGEST));
        return cut.isEmpty() || cut.equals(".") || cut.equals("..") ? null : cut;
    }

    /** In lower case, without the dot; empty where there is none. */
    static String extension(@Nullable String name) {
        var dot = name == null ? -1 : name.lastIndexOf('.');
        return name == null || dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a file of this type may go by this name: whoever opens it shall get what they expect.
     * One sort of picture may be called another, as phones do, and sound a film; an office document
     * is a zip. A name that promises nothing we know is as good as none.
     */
    static boolean fits(@Nullable String name, String type) {
        return switch (extension(name)) {
            case "jpg", "jpeg", "jpe", "png", "gif", "webp", "bmp", "heic", "heif", "avif" ->
                    type.startsWith("image/");
            case "amr", "silk", "mp3", "wav", "ogg", "spx", "m4a", "mp4", "m4v", "mov", "3gp" ->
                    type.startsWith("audio/") || type.startsWith("video/");
            case "pdf" -> type.equals("application/pdf");
            case "docx" -> type.equals(Zip.WORDS);
            case "xlsx" -> type.equals(Zip.SHEETS);
            case "pptx" -> type.equals(Zip.SLIDES);
            case "zip" -> type.equals(Zip.PLAIN) || type.startsWith(Zip.OFFICE);
            case "doc" -> type.equals(Compound.WORDS);
            case "xls" -> type.equals(Compound.SHEETS);
            case "ppt" -> type.equals(Compound.SLIDES);
            case "rar" -> type.equals(Magic.RAR);
            case "7z" -> type.equals(Magic.SEVEN_ZIP);
            case "gz", "tgz" -> type.equals(Magic.GZIP);
            case "txt" -> type.startsWith(PlainText.PLAIN);
            case "csv" -> type.startsWith(PlainText.TABLE);
            // Installers are compound files whose beginning doesn't always say so.
            case "msi", "msp", "mst" -> false;
            default -> true;
        };
    }
}
