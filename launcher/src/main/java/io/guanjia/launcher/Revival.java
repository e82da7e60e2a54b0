package io.guanjia.launcher;

import io.guanjia.embedded.EmbeddedException;
import io.guanjia.embedded.Server;

import java.time.Duration;

/**
 * Brings a server back that died unasked, as a production machine's service manager does, and says
 * so.
 */
final class Revival {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int TRIES = 3;

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
            } while (revive());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
