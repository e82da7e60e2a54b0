package io.guanjia.gateway.channel;

import reactor.core.publisher.Mono;

/** Files that we keep, as a channel sees them when it has to hand one to its platform. */
public interface MediaStore {

    /**
     * Opens the file with that id of ours ({@code Media.id()}). Fails with {@link
     * MediaUnavailable}.
     */
    Mono<MediaStream> open(String id);
}
