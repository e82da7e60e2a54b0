package io.guanjia.gateway.media;

import io.guanjia.gateway.media.MediaRejected.Kind;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.PartEvent;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The file in the field {@value #FIELD} of a multipart form, streamed. What else the form holds is
 * read over, but not without end: nobody may keep us busy with what nobody wants.
 */
public final class FileForm {

    public static final String FIELD = "file";

    /** In bytes, of all other fields before the file together. */
    static final int MOST_BESIDES = 64 * 1024;

    /** What a part counts for at least, since even an empty one has to be read. */
    static final int LEAST_OF_A_PART = 1024;

    private FileForm() {}

    /** What is done with a file: {@code content} is to be consumed or cancelled. */
    @FunctionalInterface
    public interface Taking<T> {
        Mono<T> take(FilePartEvent file, Flux<DataBuffer> content);
    }

    /**
     * What became of the first file in that field; empty where there is none. Fails with {@link
     * MediaRejected} as too large where other fields are more than 64 KB, and as {@code taking}
     * does.
     */
    public static <T> Mono<T> read(Flux<PartEvent> parts, Taking<T> taking) {
        return Mono.defer(
                () -> {
                    var left = new AtomicLong(MOST_BESIDES);
                    return parts.windowUntil(PartEvent::isLast)
                            .concatMap(part -> part(part, taking, left))
                            .next()
                            .onErrorMap(
                                    // A field that is no file is buffered as a whole.
                                    DataBufferLimitException.class,
                                    _ -> new MediaRejected(Kind.TOO_LARGE));
                });
    }

    private static <T> Flux<T> part(Flux<PartEvent> part, Taking<T> taking, AtomicLong left) {
        return part.switchOnFirst(
                (first, events) ->
                        first.get() instanceof FilePartEvent file && file.name().equals(FIELD)
                                ? taking.take(file, events.map(PartEvent::content))
                                : readOver(events, left));
    }

    private static <T> Flux<T> readOver(Flux<PartEvent> events, AtomicLong left) {
        left.addAndGet(-LEAST_OF_A_PART);
        return events.handle(
                (event, sink) -> {
                    var bytes = event.content().readableByteCount();
                    DataBufferUtils.release(event.content());
                    if (left.addAndGet(-bytes) < 0) {
                        sink.error(new MediaRejected(Kind.TOO_LARGE));
                    }
                });
    }
}
