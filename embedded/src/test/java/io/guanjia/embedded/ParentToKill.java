package io.guanjia.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that starts the servers and then waits to be killed. */
final class ParentToKill {

    static final String READY = "ready to be killed";

    private ParentToKill() {}

    static EmbeddedSettings settings(Path folder) {
        return EmbeddedSettings.in(folder).withBinaries(SharedServers.binaries());
    }

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedServers.start(settings(Path.of(arguments[0])), Progress.SILENT);
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
