package io.guanjia.sandbox.app;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What phones have taken or fetched. The oldest go when there are too many. */
final class Files {

    private static final int MOST = 200;

    private final Map<String, File> kept =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, File> eldest) {
                    return size() > MOST;
                }
            };

    record File(String mimeType, byte[] bytes) {}

    /** Returns its name. */
    String keep(File file) {
        var name = UUID.randomUUID().toString();
        synchronized (kept) {
            kept.put(name, file);
        }
        return name;
    }

    @Nullable File find(String name) {
        synchronized (kept) {
            return kept.get(name);
        }
    }

    void clear() {
        synchronized (kept) {
            kept.clear();
        }
    }
}
