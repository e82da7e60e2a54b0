package io.guanjia.adapters.app;

import io.guanjia.gateway.media.StoredMedia;
import io.guanjia.gateway.message.Address;

import reactor.core.publisher.Mono;

import java.util.UUID;

/** Whose upload a file is, so that nobody sends another's, and nobody fills the disk. */
interface Uploads {

    Mono<Void> note(StoredMedia file, Address by);

    /** For whoever is about to send it. Empty where there is none, or where it is not theirs. */
    Mono<StoredMedia> find(UUID file, Address by);

    /** What somebody has uploaded in the last 24 hours. */
    Mono<Used> lately(Address by);

    /** Whether every message that brought it to customers of the app has been taken back. */
    Mono<Boolean> isTakenBack(UUID file);

    record Used(long files, long bytes) {}
}
