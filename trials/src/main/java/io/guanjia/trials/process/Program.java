package io.guanjia.trials.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of ours. */
public final class Program {

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedReader output;

    Program(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean running() {
        return process.isAlive();
    }

    /** Ends it and its children at once, as {@code kill -9} does, and waits for that. */
    public void kill() {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        await(Duration.ofSeconds(30));
    }

    /** Asks it to end with SIGTERM, and returns whether it did in time. */
    public boolean terminate(Duration patience) {
        process.destroy();
        return await(patience);
    }

    private boolean await(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Says a line to it and returns its next line. For programs that were started talking. */
    public String ask(String line) {
        try {
            var input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(line);
            input.newLine();
            input.flush();
            var answer = output.readLine();
            if (answer == null) {
                throw new IllegalStateException(name + " ended; " + lastWords());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not listen; " + lastWords(), e);
        }
    }

    /** The end of its log, for an error message. */
    public String lastWords() {
        try {
            var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
            return "the end of "
                    + log
                    + ":\n"
                    + String.join(
                            "\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "its log " + log + " cannot be read";
        }
    }
}
