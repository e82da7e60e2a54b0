package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Temporary files of a corporation, in memory, for three days. Safe for use by several threads.
 * Source: 企业微信开发者中心, 上传临时素材 (90253).
 */
final class CorpMedia {

    private static final Duration KEPT = Duration.ofDays(3);
    private static final int MOST_FILES = 200;
    private static final int MEGABYTE = 1024 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The largest of each type. */
    private static final Map<String, Integer> MOST =
            Map.of(
                    "image", 10 * MEGABYTE,
                    "voice", 2 * MEGABYTE,
                    "video", 10 * MEGABYTE,
                    "file", 20 * MEGABYTE);

    private final Clock clock;
    private final Map<String, Kept> kept =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
                    return size() > MOST_FILES;
                }
            };

    CorpMedia(Clock clock) {
        this.clock = clock;
    }

    /** A file. */
    record Kept(String id, String type, String mimeType, String name, byte[] bytes, Instant at) {

        /** Leaves out the content. */
        @Override
        public String toString() {
            return "Kept[" + id + ", " + mimeType + "]";
        }
    }

    /** Takes what a server uploads. */
    Kept upload(String type, String name, String declared, byte[] bytes) {
        var most = MOST.get(type);
        if (most == null) {
            throw new CorpRefusal(CorpError.INVALID_TYPE);
        }
        // 5 bytes are the least that the platform takes.
        if (bytes.length < 5) {
            throw new CorpRefusal(CorpError.EMPTY_MEDIA);
        }
        if (bytes.length > most) {
            throw new CorpRefusal(CorpError.MEDIA_TOO_LARGE);
        }
        var mimeType = type.equals("file") ? declared : seen(type, bytes);
        if (mimeType == null) {
            throw new CorpRefusal(CorpError.INVALID_MEDIA);
        }
        return keep(type, mimeType, name, bytes);
    }

    synchronized Kept keep(String type, String mimeType, String name, byte[] bytes) {
        var random = new byte[30];
        RANDOM.nextBytes(random);
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        var file = new Kept(id, type, mimeType, name, bytes, clock.instant());
        kept.put(id, file);
        return file;
    }

    synchronized Kept require(String id) {
        var file = find(id);
        if (file == null) {
            throw new CorpRefusal(CorpError.INVALID_MEDIA_ID);
        }
        return file;
    }

    synchronized @Nullable Kept find(String id) {
        var file = kept.get(id);
        return file != null && clock.instant().isBefore(file.at.plus(KEPT)) ? file : null;
    }

    synchronized void clear() {
        kept.clear();
    }

    /** By the first bytes: names and declared types prove nothing. */
    private static @Nullable String seen(String type, byte[] bytes) {
        var head = new String(bytes, 0, Math.min(bytes.length, 12), ISO_8859_1);
        return switch (type) {
            case "image" ->
                    head.startsWith("\u0089PNG")
                            ? "image/png"
                            : head.startsWith("\u00ff\u00d8\u00ff") ? "image/jpeg" : null;
            case "voice" -> head.startsWith("#!AMR") ? "audio/amr" : null;
            case "video" -> head.startsWith("ftyp", 4) ? "video/mp4" : null;
            default -> null;
        };
    }
}
