package io.guanjia.gateway.media;

import org.springframework.core.io.buffer.DataBuffer;

import reactor.core.publisher.Flux;

/** A file and its bytes, which are read when they are subscribed to. */
public record OpenMedia(StoredMedia media, Flux<DataBuffer> bytes) {}
