package io.guanjia.gateway.media;

import org.jspecify.annotations.Nullable;

/** Makes a name from outside fit to be shown and to stand in a header. */
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
}
