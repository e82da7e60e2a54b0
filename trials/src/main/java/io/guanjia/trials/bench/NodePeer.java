package io.guanjia.trials.bench;

import io.guanjia.trials.process.Places;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The peer on Node, installed from its lock file. */
final class NodePeer {

    private static final List<String> FILES =
            List.of("server.js", "package.json", "package-lock.json");

    private NodePeer() {}

    /** Installs it into a folder, and returns that. */
    static Path installed(Path folder) {
        var source = Places.module().resolve("peers").resolve("node");
        try {
            Files.createDirectories(folder);
            for (var file : FILES) {
                Files.copy(source.resolve(file), folder.resolve(file));
            }
            var install =
                    new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("install.log").toFile())
                            .start();
            if (install.waitFor() != 0) {
                throw new IllegalStateException(
                        "npm ci failed: " + Files.readString(folder.resolve("install.log")));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("npm is needed for this peer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
