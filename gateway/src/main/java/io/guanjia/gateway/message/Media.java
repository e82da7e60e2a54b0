package io.guanjia.gateway.message;

import org.jspecify.annotations.Nullable;

/**
 * A file that a message carries.
 *
 * @param id our own id once it is in our storage, else null
 * @param platformId the platform's id, such as a WeChat {@code media_id}; platforms forget it after
 *     some days
 * @param source where the platform lets it be fetched, if it does
 * @param mimeType its type as far as known
 * @param size in bytes as far as known
 */
public record Media(
        @Nullable String id,
        @Nullable String platformId,
        @Nullable String source,
        @Nullable String mimeType,
        @Nullable Long size) {

    /** A file that only the platform has so far. */
    public static Media onPlatform(@Nullable String platformId, @Nullable String source) {
        return new Media(null, platformId, source, null, null);
    }
}
