package io.guanjia.gateway.media;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A file that we keep.
 *
 * @param keptAs under which id its bytes are: that of the file with the same bytes that came first
 * @param mimeType what its content says it is
 * @param size in bytes
 * @param name what somebody called it, without a path or control characters; to be shown, never to
 *     be used as a file's name here
 */
public record StoredMedia(UUID id, UUID keptAs, String mimeType, long size, @Nullable String name) {

    /** One that shares its bytes with none that came before. */
    public StoredMedia(UUID id, String mimeType, long size, @Nullable String name) {
        this(id, id, mimeType, size, name);
    }

    StoredMedia sharing(UUID bytes) {
        return new StoredMedia(id, bytes, mimeType, size, name);
    }
}
