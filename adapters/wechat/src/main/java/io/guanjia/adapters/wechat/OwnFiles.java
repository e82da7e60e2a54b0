package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;

import reactor.core.publisher.Mono;

/** The files that we keep. */
@FunctionalInterface
interface OwnFiles {

    /** Opens the file with that id of ours. Fails with {@link MediaUnavailable}. */
    Mono<MediaStream> open(String id);
}
