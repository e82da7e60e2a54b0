package io.guanjia.gateway.outbound;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Wakes this node's sender. A kick is never lost, also not while the sender is looking. */
final class Pulse {

    private final AtomicReference<Sinks.Empty<Void>> next = new AtomicReference<>(Sinks.empty());

    void kick() {
        next.get().tryEmitEmpty();
    }

    /** To be taken before looking: completes at the first kick from now on. */
    Mono<Void> listen() {
        var bell = Sinks.<Void>empty();
        next.set(bell);
        return bell.asMono();
    }

    /**
     * Completes at the first kick since {@code listened}, or after {@code patience}; in no case
     * sooner than {@code least}.
     */
    static Mono<Void> await(Mono<Void> listened, Duration least, Duration patience) {
        return Mono.delay(least)
                .then(Mono.firstWithSignal(listened, Mono.delay(patience.minus(least)).then()));
    }
}
