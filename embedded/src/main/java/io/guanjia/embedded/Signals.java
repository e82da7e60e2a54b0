package io.guanjia.embedded;

import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;

/** Sends the signals for which Java has no method. */
final class Signals {

    private Signals() {}

    /** Does nothing for processes that have ended. */
    static void send(String signal, Collection<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        var pids =
                processes.stream()
                        .map(process -> Long.toString(process.pid()))
                        .collect(Collectors.joining(" "));
        // The shell's own kill: a small machine may lack the program.
        var command = "kill -%s %s 2>/dev/null".formatted(signal, pids);
        try {
            new ProcessBuilder("sh", "-c", command).start().waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot run sh", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
