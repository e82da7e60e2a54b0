package io.guanjia.adapters.app;

import io.guanjia.gateway.BackgroundWork;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/** Removes what was uploaded and never sent. Any node may; they don't get in each other's way. */
final class UploadSweep extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(UploadSweep.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final Uploads uploads;
    private final Function<UUID, Mono<Void>> discard;

    /**
     * @param discard removes the bytes of a file
     */
    UploadSweep(Uploads uploads, Function<UUID, Mono<Void>> discard) {
        this.uploads = uploads;
        this.discard = discard;
    }

    Mono<Void> round() {
        return Mono.defer(this::some).expand(found -> found == 0 ? Mono.empty() : some()).then();
    }

    /** Emits how many there were. */
    private Mono<Integer> some() {
        return uploads.forget()
                .concatMap(file -> discard.apply(file).thenReturn(1))
                .reduce(0, Integer::sum);
    }

    @Override
    protected Flux<?> work() {
        return rounds(
                EVERY,
                this::round,
                failure ->
                        log.warn(
                                "Uploads that nobody sent could not be removed: {}",
                                failure.toString()));
    }
}
