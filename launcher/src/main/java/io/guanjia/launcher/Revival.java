package io.guanjia.launcher;

import io.guanjia.embedded.EmbeddedException;
import io.guanjia.embedded.Server;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/**
 * Brings a server back that died unasked, as a production machine's service manager does, and says
 * so.
 */
final class Revival {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int TRIES = 3;

    /** In bytes; with less than this nothing goes on for long. */
    private static final long LITTLE_ROOM = 32L << 20;

    private final Server server;
    private final Words words;

    Revival(Server server, Words words) {
        this.server = server;
        this.words = words;
    }

    /** On a thread of its own, until the server stops in order or does not come back. */
    void watch() {
        Thread.ofVirtual().name("revival-" + server.name()).start(this::run);
    }

    private void run() {
        try {
            do {
                var status = server.death().join();
                words.paragraphs("died", server.name(), Integer.toString(status), server.log());
                nameAFullDisk();
            } while (revive());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A server that died of it has said so in its own log, where nobody looks first. */
    private void nameAFullDisk() {
        try {
            if (Files.getFileStore(server.log()).getUsableSpace() < LITTLE_ROOM) {
                words.paragraphs("disk-full", server.log());
            }
        } catch (IOException e) {
            words.paragraphs("folder-unusable", server.log());
        }
    }

    private boolean revive() throws InterruptedException {
        for (var tries = 1; ; tries++) {
            Thread.sleep(PAUSE.multipliedBy(tries));
            try {
                server.start();
                words.line("back", server.name());
                return true;
            } catch (EmbeddedException.Closed e) {
                return false;
            } catch (EmbeddedException e) {
                if (tries == TRIES) {
                    words.paragraphs("gone", server.name(), e.getMessage());
                    return false;
                }
            }
        }
    }
}
