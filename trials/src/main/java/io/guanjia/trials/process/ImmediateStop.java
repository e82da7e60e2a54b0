package io.guanjia.trials.process;

import io.guanjia.embedded.Postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code pg_ctl stop -m immediate}: everything ends at once, and the next start recovers. */
public final class ImmediateStop {

    private ImmediateStop() {}

    /** Stops a server and returns when it has ended. */
    public static void of(Postgres postgres, Path dataFolder) {
        var death = postgres.death();
        try {
            var pid = Files.readAllLines(dataFolder.resolve("postmaster.pid")).getFirst().strip();
            new ProcessBuilder("kill", "-QUIT", pid).inheritIO().start().waitFor();
            death.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
