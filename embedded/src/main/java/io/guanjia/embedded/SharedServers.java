package io.guanjia.embedded;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one set of servers of a test JVM, in a temporary folder. */
final class SharedServers {

    private static final String PREFIX = "guanjia-test-";

    private static @Nullable EmbeddedServers servers;

    private SharedServers() {}

    static synchronized EmbeddedServers get() {
        if (servers == null) {
            sweep();
            servers = start();
        }
        return servers;
    }

    private static EmbeddedServers start() {
        var settings =
                EmbeddedSettings.in(temporaryFolder())
                        .withBinaries(binaries())
                        .withDurability(Durability.PROCESS_DEATH)
                        .thrownAwayAfterwards();
        var opened = EmbeddedServers.open(settings, Progress.SILENT);
        // Before anything is started: a test run may be ended at any moment.
        Runtime.getRuntime().addShutdownHook(new Thread(opened::close));
        opened.startAll(Progress.SILENT);
        return opened;
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory(PREFIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Beside the launcher's, which may have unpacked them already. */
    static Path binaries() {
        var checkout = System.getProperty("guanjia.root");
        return checkout == null
                ? Path.of(System.getProperty("java.io.tmpdir"), "guanjia-servers")
                : Path.of(checkout, ".guanjia", "servers");
    }

    /** Ends and deletes what test JVMs left that were killed. */
    private static void sweep() {
        var temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (var found = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (var folder : found) {
                // Without a lock file it is somebody's who is just beginning.
                if (Files.exists(folder.resolve("lock"))) {
                    sweep(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sweep(Path folder) {
        try (var abandoned = DataFolder.open(folder)) {
            Leftovers.end(abandoned.processes(), Progress.SILENT);
            Binaries.delete(folder);
        } catch (EmbeddedException e) {
            // Somebody's tests are running there.
        }
    }
}
