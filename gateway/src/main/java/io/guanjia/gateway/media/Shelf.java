package io.guanjia.gateway.media;

import org.springframework.core.io.buffer.DataBuffer;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.UUID;

/** Where the bytes of files are. All nodes see the same ones. */
interface Shelf {

    /** Completes once the whole file is safe under that id. */
    Mono<Void> keep(UUID id, Upload upload);

    /**
     * A part of a file. Fails with {@link io.guanjia.gateway.channel.MediaUnavailable} where there
     * is none of that id.
     *
     * @param from the first byte, counted from 0
     */
    Flux<DataBuffer> read(UUID id, long from, long length);

    /** As far as possible: what is left behind harms nobody. */
    Mono<Void> discard(UUID id);
}
