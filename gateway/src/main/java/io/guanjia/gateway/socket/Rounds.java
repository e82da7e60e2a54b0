package io.guanjia.gateway.socket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.function.Supplier;

/** Work that comes round again. A round that fails is logged; the next one tries anew. */
public final class Rounds {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private Rounds() {}

    /** One round at a time; those that fall due meanwhile are left out. */
    public static Disposable every(Duration time, Supplier<Mono<Void>> task) {
        return Flux.interval(time)
                .onBackpressureDrop()
                .concatMap(_ -> unbroken(task), 1)
                .subscribe();
    }

    /** Completes however the task ends. */
    public static Mono<Void> unbroken(Supplier<Mono<Void>> task) {
        return Mono.defer(task)
                .onErrorResume(
                        failure -> {
                            log.warn("News for open sockets are late: {}", failure.toString());
                            return Mono.empty();
                        });
    }
}
