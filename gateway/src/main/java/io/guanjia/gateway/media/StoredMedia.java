package io.guanjia.gateway.media;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A file that we keep.
 *
 * @param mimeType what its content says it is
 * @param size in bytes
 * @param name what somebody called it, without a path or control characters; to be shown, never to
 *     be used as a file's name here
 */
public record StoredMedia(UUID id, String mimeType, long size, @Nullable String name) {}
