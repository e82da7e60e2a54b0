package io.guanjia.trials.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that a trial sets from outside: a file holds how far it is ahead, as {@code PT1H}. Looks
 * into the file four times a second.
 */
public final class ShiftedClock extends Clock {

    /** By then every clock knows. */
    public static final Duration NOTICED_WITHIN = Duration.ofMillis(400);

    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(250).toNanos();

    private final Clock base;
    private final Path file;
    private volatile Duration ahead = Duration.ZERO;
    private volatile long lookedAt;

    public ShiftedClock(Clock base, Path file) {
        this.base = base;
        this.file = file;
        look();
    }

    /** Sets all clocks that look into this file. */
    public static void set(Path file, Duration ahead) {
        try {
            var whole = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(whole, ahead.toString());
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Instant instant() {
        if (System.nanoTime() - lookedAt > LOOK_EVERY_NANOS) {
            look();
        }
        return base.instant().plus(ahead);
    }

    private void look() {
        lookedAt = System.nanoTime();
        try {
            ahead = Duration.parse(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ShiftedClock(base.withZone(zone), file);
    }
}
