package io.guanjia.gateway.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file made of boxes is: films, sound and pictures all begin with the box {@code ftyp},
 * which names a brand. Sources: ISO/IEC 14496-12, 4.3; ISO/IEC 23008-12, 10; the register at
 * mp4ra.org.
 */
final class Brand {

    private static final int FIRST_COMPATIBLE = 16;
    private static final String SOME_PICTURE = "image/heif";

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("M4A ", "audio/mp4"),
                    Map.entry("M4B ", "audio/mp4"),
                    Map.entry("M4P ", "audio/mp4"),
                    Map.entry("F4A ", "audio/mp4"),
                    Map.entry("qt  ", "video/quicktime"),
                    Map.entry("M4V ", "video/mp4"),
                    Map.entry("M4VH", "video/mp4"),
                    Map.entry("M4VP", "video/mp4"),
                    Map.entry("F4V ", "video/mp4"),
                    Map.entry("MSNV", "video/mp4"),
                    Map.entry("avc1", "video/mp4"),
                    Map.entry("dash", "video/mp4"),
                    Map.entry("mp41", "video/mp4"),
                    Map.entry("mp42", "video/mp4"),
                    Map.entry("heic", "image/heic"),
                    Map.entry("heix", "image/heic"),
                    Map.entry("heim", "image/heic"),
                    Map.entry("heis", "image/heic"),
                    Map.entry("hevc", "image/heic-sequence"),
                    Map.entry("hevx", "image/heic-sequence"),
                    Map.entry("hevm", "image/heic-sequence"),
                    Map.entry("hevs", "image/heic-sequence"),
                    Map.entry("avif", "image/avif"),
                    Map.entry("avis", "image/avif"),
                    Map.entry("mif1", SOME_PICTURE),
                    Map.entry("msf1", SOME_PICTURE));

    private Brand() {}

    /**
     * By the major brand; by those it is compatible with only where that one is unknown or says no
     * more than that it is a picture. Almost all of them are compatible with a film's.
     */
    static Optional<String> typeOf(byte[] head) {
        var brands = brands(head);
        if (brands.isEmpty()) {
            return Optional.empty();
        }
        var major = type(brands.getFirst());
        if (major.isPresent() && !major.get().equals(SOME_PICTURE)) {
            return major;
        }
        var types = brands.stream().map(Brand::type).flatMap(Optional::stream).toList();
        return types.stream()
                .filter(type -> type.startsWith("image/") && !type.equals(SOME_PICTURE))
                .findFirst()
                .or(() -> types.stream().findFirst());
    }

    private static Optional<String> type(String brand) {
        if (brand.startsWith("3gp") || brand.startsWith("3g2")) {
            return Optional.of("video/3gpp");
        }
        return brand.matches("iso[m2-9a-c]")
                ? Optional.of("video/mp4")
                : Optional.ofNullable(TYPES.get(brand));
    }

    /** The major one first. None where the box's length cannot be. */
    private static List<String> brands(byte[] head) {
        if (head.length < FIRST_COMPATIBLE) {
            return List.of();
        }
        var length = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt());
        if (length < FIRST_COMPATIBLE || length % 4 != 0) {
            return List.of();
        }
        var brands = new ArrayList<String>();
        brands.add(brand(head, 8));
        for (var at = FIRST_COMPATIBLE; at + 4 <= Math.min(length, head.length); at += 4) {
            brands.add(brand(head, at));
        }
        return brands;
    }

    private static String brand(byte[] head, int at) {
        return new String(head, at, 4, StandardCharsets.ISO_8859_1);
    }
}
