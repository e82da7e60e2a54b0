package io.guanjia.gateway.channel;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;

import reactor.core.publisher.Flux;

/**
 * A file on its way through us, never whole in memory.
 *
 * @param name what it is called, without any folder; null where the platform does not say
 * @param size in bytes; null where it is not known in advance
 * @param bytes can be subscribed to once; fails with {@link MediaUnavailable} when the file is
 *     larger than it may be or breaks off
 */
public record MediaStream(
        @Nullable String name, String mimeType, @Nullable Long size, Flux<DataBuffer> bytes) {

    /** Leaves out the name: customers put personal data there, and this ends up in logs. */
    @Override
    public String toString() {
        return "MediaStream[" + mimeType + ", size=" + size + "]";
    }
}
