package io.guanjia.adapters.app;

import io.guanjia.gateway.media.StoredMedia;
import io.guanjia.gateway.message.Address;

import reactor.core.publisher.Mono;

import java.util.UUID;

/** Whose upload a file is, so that nobody sends another's. */
interface Uploads {

    Mono<Void> note(UUID file, Address by);

    /** Empty where there is none, or where it is not theirs. */
    Mono<StoredMedia> find(UUID file, Address by);
}
