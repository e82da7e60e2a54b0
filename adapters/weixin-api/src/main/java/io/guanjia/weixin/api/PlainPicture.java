package io.guanjia.weixin.api;

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
import java.util.function.Function;

/**
 * A picture of ours for films and cards that bring none, because the platform takes neither without
 * ({@code thumb_media_id}; 微信开放文档, 发送客服消息). Uploaded again before the platform forgets it.
 */
final class PlainPicture {

    /** The platform keeps it for three days. */
    private static final Duration KEPT = Duration.ofDays(2);

    private final String name;
    private final byte[] bytes;
    private final Clock clock;
    private final AtomicReference<@Nullable Placed> placed = new AtomicReference<>();

    /**
     * @param name of a JPEG that lies beside this class
     */
    PlainPicture(String name, Clock clock) {
        this.name = name;
        this.bytes = read(name);
        this.clock = clock;
    }

    private record Placed(String id, Instant until) {}

    /**
     * Its id on the platform.
     *
     * @param upload hands it to the platform
     * @param afresh even though the platform should have it
     */
    Mono<String> place(Function<Mono<MediaStream>, Mono<String>> upload, boolean afresh) {
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
                "image/jpeg",
                (long) bytes.length,
                Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes))));
    }

    private static byte[] read(String name) {
        try (var file = PlainPicture.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
