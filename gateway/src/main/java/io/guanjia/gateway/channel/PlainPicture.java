package io.guanjia.gateway.channel;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A picture of ours for what brings none, where a platform takes nothing without. Uploaded again
 * before the platform forgets it. Of one account; safe for use by several threads.
 */
public final class PlainPicture {

    /** Platforms keep what is uploaded for three days. */
    private static final Duration KEPT = Duration.ofDays(2);

    private final String name;
    private final String mimeType;
    private final byte[] bytes;
    private final Clock clock;
    private final AtomicReference<@Nullable Placed> placed = new AtomicReference<>();

    /**
     * @param beside the class that the file lies beside
     */
    public PlainPicture(Class<?> beside, String name, String mimeType, Clock clock) {
        this.name = name;
        this.mimeType = mimeType;
        this.bytes = read(beside, name);
        this.clock = clock;
    }

    private record Placed(String id, Instant until) {}

    /**
     * Its id on the platform.
     *
     * @param upload hands it to the platform
     * @param afresh even though the platform should have it
     */
    public Mono<String> place(Function<Mono<MediaStream>, Mono<String>> upload, boolean afresh) {
        return Mono.defer(
                () -> {
                    var known = placed.get();
                    return known != null && !afresh && clock.instant().isBefore(known.until())
                            ? Mono.just(known.id())
                            : upload.apply(Mono.fromSupplier(this::stream)).map(this::remembered);
                });
    }

    private String remembered(String id) {
        placed.set(new Placed(id, clock.instant().plus(KEPT)));
        return id;
    }

    private MediaStream stream() {
        return new MediaStream(
                name,
                mimeType,
                (long) bytes.length,
                Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes))));
    }

    private static byte[] read(Class<?> beside, String name) {
        try (var file = beside.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
