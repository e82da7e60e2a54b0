package io.guanjia.gateway.media;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A folder on this machine, or one that all nodes mount. */
final class FolderShelf implements Shelf {

    private static final int CHUNK = 64 * 1024;

    private final Path folder;
    private final Scheduler blocking;

    FolderShelf(Path folder, Scheduler blocking) {
        this.folder = folder;
        this.blocking = blocking;
    }

    @Override
    public Mono<Void> keep(UUID id, Upload upload) {
        return Mono.<Void>fromRunnable(() -> upload.keepAs(place(id))).subscribeOn(blocking);
    }

    @Override
    public Flux<DataBuffer> read(UUID id, long from, long length) {
        var bytes =
                DataBufferUtils.readAsynchronousFileChannel(
                        () -> AsynchronousFileChannel.open(place(id), StandardOpenOption.READ),
                        from,
                        DefaultDataBufferFactory.sharedInstance,
                        CHUNK);
        return DataBufferUtils.<DataBuffer>takeUntilByteCount(bytes, length)
                .onErrorMap(IOException.class, e -> MediaFolder.gone())
                .subscribeOn(blocking);
    }

    @Override
    public Mono<Void> discard(UUID id) {
        return Mono.<Void>fromCallable(
                        () -> {
                            Files.deleteIfExists(place(id));
                            return null;
                        })
                .subscribeOn(blocking)
                .onErrorComplete();
    }

    /** Ids grow with time, so their end spreads files over folders better than their beginning. */
    private Path place(UUID id) {
        var name = id.toString();
        return folder.resolve(name.substring(name.length() - 2)).resolve(name);
    }
}
