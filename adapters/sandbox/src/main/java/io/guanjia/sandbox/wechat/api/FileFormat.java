package io.guanjia.sandbox.wechat.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What a file is, by its first bytes: names and declared types prove nothing. */
enum FileFormat {
    PNG("image/png", "image"),
    JPEG("image/jpeg", "image", "thumb"),
    GIF("image/gif", "image"),
    BMP("image/bmp", "image"),
    AMR("audio/amr", "voice"),
    MP3("audio/mpeg", "voice"),
    MP4("video/mp4", "video");

    private final String mimeType;
    private final List<String> types;

    FileFormat(String mimeType, String... types) {
        this.mimeType = mimeType;
        this.types = List.of(types);
    }

    String mimeType() {
        return mimeType;
    }

    /** Whether the platform takes it as media of that type. */
    boolean fits(String type) {
        return types.contains(type);
    }

    static @Nullable FileFormat of(byte[] bytes) {
        var head = new String(bytes, 0, Math.min(bytes.length, 12), ISO_8859_1);
        if (head.startsWith("\u0089PNG")) {
            return PNG;
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (head.startsWith("GIF8")) {
            return GIF;
        }
        if (head.startsWith("BM")) {
            return BMP;
        }
        if (head.startsWith("#!AMR")) {
            return AMR;
        }
        if (head.startsWith("ID3") || (head.length() > 1 && isMpegFrame(head))) {
            return MP3;
        }
        return head.startsWith("ftyp", 4) ? MP4 : null;
    }

    private static boolean isMpegFrame(String head) {
        return head.charAt(0) == 0xff && (head.charAt(1) & 0xe0) == 0xe0;
    }
}
