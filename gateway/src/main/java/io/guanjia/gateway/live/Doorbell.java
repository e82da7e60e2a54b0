package io.guanjia.gateway.live;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.UUID;

/** Tells every node, this one included, that conversations have changed. May lose a ring. */
public interface Doorbell {

    /** To be called after the commit. Completes at once and never fails. */
    Mono<Void> ring(Collection<UUID> conversations);

    /** The conversations that changed anywhere, as far as heard. Hot; shared by all subscribers. */
    Flux<UUID> changes();
}
