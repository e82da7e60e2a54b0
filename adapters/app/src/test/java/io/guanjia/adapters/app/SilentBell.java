package io.guanjia.adapters.app;

import io.guanjia.gateway.live.Doorbell;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.UUID;

/** Rings for nobody. */
final class SilentBell implements Doorbell {

    @Override
    public Mono<Void> ring(Collection<UUID> conversations) {
        return Mono.empty();
    }

    @Override
    public Flux<UUID> changes() {
        return Flux.never();
    }
}
