package io.guanjia.sandbox.weibo;

import io.guanjia.sandbox.wechat.SamplePicture;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Pictures and voice notes that customers sent. The oldest go when there are too many. */
final class Files {

    private static final int MOST = 1_000;

    /** The header of AMR and one frame of silence. */
    private static final byte[] VOICE =
            HexFormat.of()
                    .parseHex("2321414d520a" + "3c48f51f96667900" + "0001e78a" + "00".repeat(20));

    private final AtomicLong lastId = new AtomicLong(9_000_000_000L);
    private final Map<String, File> kept =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, File> eldest) {
                    return size() > MOST;
                }
            };

    /** A file and its two ids. */
    record File(long senders, long receivers, String mimeType, byte[] bytes) {}

    File picture() {
        return keep("image/png", SamplePicture.bytes());
    }

    File voice() {
        return keep("audio/amr", VOICE);
    }

    private File keep(String mimeType, byte[] bytes) {
        var id = lastId.addAndGet(2);
        var file = new File(id - 1, id, mimeType, bytes);
        synchronized (kept) {
            kept.put(Long.toString(id), file);
        }
        return file;
    }

    /** By the receiver's id. */
    @Nullable File find(String id) {
        synchronized (kept) {
            return kept.get(id);
        }
    }

    void clear() {
        synchronized (kept) {
            kept.clear();
        }
    }
}
