package io.guanjia.gateway;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Wakes who looks for work. A kick is never lost, also not during a look. For one who looks. */
public final class Pulse {

    private final AtomicReference<Sinks.Empty<Void>> next = new AtomicReference<>(Sinks.empty());

    public void kick() {
        next.get().tryEmitEmpty();
    }

    /** To be taken before looking: completes at the first kick from now on. */
    public Mono<Void> listen() {
        var bell = Sinks.<Void>empty();
        next.set(bell);
        return bell.asMono();
    }

    /**
     * Completes at the first kick since {@code listened}, or after {@code patience}; in no case
     * sooner than {@code least}.
     */
    public static Mono<Void> await(Mono<Void> listened, Duration least, Duration patience) {
        return Mono.delay(least)
                .then(Mono.firstWithSignal(listened, Mono.delay(patience.minus(least)).then()));
    }
}
