package io.guanjia.gateway.media;

import io.guanjia.gateway.BackgroundWork;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Removes what is left of files that never became whole because their node died over them. The
 * folder may be one that all nodes mount, so what another one is writing has to be left alone: a
 * file that grows is younger than {@link #LEFT}.
 */
final class UnfinishedFiles extends BackgroundWork {

    static final Duration LEFT = Duration.ofHours(24);

    private static final Logger log = LoggerFactory.getLogger(UnfinishedFiles.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final Path folder;
    private final Clock clock;
    private final Scheduler blocking;

    UnfinishedFiles(MediaSettings settings, Clock clock, Scheduler blocking) {
        this.folder = MediaFolder.unfinished(settings);
        this.clock = clock;
        this.blocking = blocking;
    }

    /** Emits how many there were. */
    Mono<Integer> round() {
        return Mono.fromCallable(this::remove).subscribeOn(blocking);
    }

    private int remove() throws IOException {
        var old = clock.instant().minus(LEFT);
        var removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.part")) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(old)
                        && Files.deleteIfExists(file)) {
                    removed++;
                }
            }
        } catch (NoSuchFileException nothingThere) {
            return removed;
        }
        return removed;
    }

    @Override
    protected Flux<?> work() {
        return rounds(
                EVERY,
                this::round,
                failure ->
                        log.warn("Unfinished files could not be removed: {}", failure.toString()));
    }
}
