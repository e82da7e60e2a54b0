package io.guanjia.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends the servers whose parent died without stopping them. */
final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Leftovers() {}

    /** Ends every recorded process; the caller holds the folder's lock, so none is in use. */
    static void end(Path records, Progress progress) {
        for (var leftover : Recorded.all(records)) {
            leftover.process()
                    .ifPresent(
                            process -> {
                                end(process, leftover);
                                progress.leftoverEnded(leftover.server(), leftover.pid());
                            });
            Recorded.forget(records, leftover.server());
        }
    }

    /**
     * Ends what {@code parent} started, except this process. Touches no record: by now the folder
     * may belong to the next run.
     */
    static void endChildrenOf(String parent, Path records) {
        Recorded.all(records).stream()
                .filter(record -> record.parent().equals(parent))
                .filter(record -> record.pid() != ProcessHandle.current().pid())
                .forEach(record -> record.process().ifPresent(process -> end(process, record)));
    }

    private static void end(ProcessHandle process, Recorded leftover) {
        var family = family(process);
        Signals.send("CONT", family);
        Signals.send(leftover.stopSignal(), List.of(process));
        if (!ended(process, leftover.birth())) {
            Signals.send("KILL", family);
            ended(process, leftover.birth());
        }
    }

    /** The process and everything below it, itself first. */
    static List<ProcessHandle> family(ProcessHandle process) {
        var family = new ArrayList<ProcessHandle>();
        family.add(process);
        process.descendants().forEach(family::add);
        return family;
    }

    private static boolean ended(ProcessHandle process, String birth) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (!Birth.of(process).filter(birth::equals).isPresent()) {
                return true;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }
}
