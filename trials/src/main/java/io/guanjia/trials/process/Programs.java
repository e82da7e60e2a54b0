package io.guanjia.trials.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs that one run has started. Closing ends them all; so does the end of this JVM, and
 * where this JVM is killed they notice it themselves, see {@link Parent}.
 */
public final class Programs implements AutoCloseable {

    private final Path logs;
    private final List<Program> started = new ArrayList<>();
    private final Thread lastResort = new Thread(this::end, "trials-end-programs");

    /**
     * @param logs the folder that gets one log for each program
     */
    public Programs(Path logs) {
        this.logs = logs;
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Where its logs are. */
    public Path logs() {
        return logs;
    }

    /** Starts a program that writes its standard output to its log, too. */
    public Program start(String name, List<String> command) {
        return start(name, command, false);
    }

    /** Starts a program that is talked to over its standard input and output. */
    public Program startTalking(String name, List<String> command) {
        return start(name, command, true);
    }

    private synchronized Program start(String name, List<String> command, boolean talking) {
        var log = logs.resolve(name + ".log");
        var append = ProcessBuilder.Redirect.appendTo(log.toFile());
        var builder = new ProcessBuilder(command).redirectError(append);
        if (!talking) {
            builder.redirectOutput(append);
        }
        try {
            var program = new Program(name, log, builder.start());
            started.add(program);
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    private synchronized void end() {
        started.reversed().forEach(Program::kill);
        started.clear();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook with it.
        }
    }
}
