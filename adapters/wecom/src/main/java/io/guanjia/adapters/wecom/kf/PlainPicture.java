package io.guanjia.adapters.wecom.kf;

import io.guanjia.adapters.wecom.CorpMedia;
import io.guanjia.gateway.channel.MediaStream;

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

/**
 * The picture of cards that bring none, because the platform wants one on every card. Uploaded
 * again before the platform forgets it.
 */
final class PlainPicture {

    /** The platform keeps it for three days. */
    private static final Duration KEPT = Duration.ofDays(2);

    private static final byte[] PICTURE = picture();

    private final CorpMedia media;
    private final Clock clock;
    private final AtomicReference<@Nullable Placed> placed = new AtomicReference<>();

    PlainPicture(CorpMedia media, Clock clock) {
        this.media = media;
        this.clock = clock;
    }

    private record Placed(String id, Instant until) {}

    Mono<String> place(boolean afresh) {
        return Mono.defer(
                () -> {
                    var known = placed.get();
                    return known != null && !afresh && clock.instant().isBefore(known.until())
                            ? Mono.just(known.id())
                            : media.place(CorpMedia.Kind.IMAGE, Mono.fromSupplier(this::stream))
                                    .map(this::remembered);
                });
    }

    private String remembered(String id) {
        placed.set(new Placed(id, clock.instant().plus(KEPT)));
        return id;
    }

    private MediaStream stream() {
        return new MediaStream(
                "card.png",
                "image/png",
                (long) PICTURE.length,
                Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(PICTURE))));
    }

    private static byte[] picture() {
        try (var file = PlainPicture.class.getResourceAsStream("card.png")) {
            if (file == null) {
                throw new IllegalStateException("card.png is missing");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
