package io.guanjia.sandbox.wechat;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Temporary media (临时素材) of one account: what it uploaded and what customers sent. Kept for three
 * days of the sandbox's clock, and in memory only: the oldest go when there are too many.
 *
 * <p>Safe for use by several threads.
 */
public final class MediaStore {

    private static final long MOST_BYTES = 128L * 1024 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * @param type {@code image}, {@code voice}, {@code video} or {@code thumb}
     */
    public record Media(
            String id, String type, String mimeType, String fileName, byte[] bytes, Instant until) {

        /** Leaves out the content. */
        @Override
        public String toString() {
            return "Media[" + id + ", " + mimeType + ", " + bytes.length + " bytes]";
        }
    }

    private final Clock clock;
    private final Duration life;
    private final Map<String, Media> kept = new LinkedHashMap<>();
    private long bytes;

    MediaStore(Clock clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    /** Keeps something and gives it an id. */
    public synchronized Media keep(String type, String mimeType, String fileName, byte[] content) {
        var random = new byte[48];
        RANDOM.nextBytes(random);
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        var media = new Media(id, type, mimeType, fileName, content, clock.instant().plus(life));
        kept.put(id, media);
        bytes += content.length;
        dropOldest();
        return media;
    }

    /** Something that was kept and has not expired. */
    public synchronized @Nullable Media find(String id) {
        var media = kept.get(id);
        return media != null && clock.instant().isBefore(media.until()) ? media : null;
    }

    /** Whether {@link #find} would find it. */
    public boolean has(String id) {
        return find(id) != null;
    }

    synchronized void clear() {
        kept.clear();
        bytes = 0;
    }

    private void dropOldest() {
        var oldest = kept.values().iterator();
        while (bytes > MOST_BYTES && kept.size() > 1 && oldest.hasNext()) {
            bytes -= oldest.next().bytes().length;
            oldest.remove();
        }
    }
}
