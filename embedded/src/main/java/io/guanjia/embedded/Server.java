package io.guanjia.embedded;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One server, as an operating-system process on 127.0.0.1.
 *
 * <p>However it ended, {@link #start} brings it back on the same port and data. Methods block until
 * done and may be called from any thread.
 */
public abstract sealed class Server permits Postgres, Redis, Kafka {

    public static final String HOST = "127.0.0.1";

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final long LOG_KEPT = 10 << 20;

    final DataFolder folder;
    private final String name;
    private final Ports ports;
    private int port;
    private @Nullable Process process;
    private CompletableFuture<Integer> death = new CompletableFuture<>();
    private boolean everStarted;
    private boolean closed;

    Server(String name, DataFolder folder, Ports ports) {
        this.name = name;
        this.folder = folder;
        this.ports = ports;
        this.port = ports.choose(id());
    }

    /** As its makers write it, such as {@code PostgreSQL}. */
    public final String name() {
        return name;
    }

    public final synchronized int port() {
        return port;
    }

    /** Host and port, such as {@code 127.0.0.1:17654}. */
    public final String address() {
        return HOST + ":" + port();
    }

    /** Where the server writes what it has to say. */
    public final Path log() {
        return folder.log(id());
    }

    /** Whether its process lives, be it paused. */
    public final synchronized boolean running() {
        return process != null && process.isAlive();
    }

    /**
     * Completes with the exit status when the present process ends without having been asked to.
     */
    public final synchronized CompletableFuture<Integer> death() {
        return death;
    }

    /**
     * Starts the server, or does nothing when it runs, and returns once it takes requests. Fails
     * with an {@link EmbeddedException}.
     */
    public final void start() {
        for (var tries = 1; ; tries++) {
            try {
                startOnce();
                return;
            } catch (EmbeddedException.PortTaken e) {
                // Nobody has been told the port yet, so any other will do.
                if (everStarted || tries == 3) {
                    throw e;
                }
                chooseAnotherPort();
            }
        }
    }

    private synchronized void chooseAnotherPort() {
        port = ports.choose(id());
    }

    private void startOnce() {
        Process started;
        long logStart;
        synchronized (this) {
            if (closed) {
                throw new EmbeddedException.Closed(name);
            }
            if (running()) {
                return;
            }
            try {
                prepare();
                logStart = rotateLog();
                started = launch();
                process = started;
                death = new CompletableFuture<>();
                Recorded.of(id(), started.toHandle(), stopSignal(), command().getFirst())
                        .save(folder.processes());
            } catch (IOException e) {
                throw DataFolder.unusable(folder.root(), e);
            }
        }
        awaitReady(started, logStart);
        var _ = started.onExit().thenAccept(this::report);
        everStarted = true;
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(Detached.prefix());
        command.addAll(command());
        var builder = new ProcessBuilder(command);
        builder.directory(folder.root().toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        var started = builder.start();
        started.getOutputStream().close();
        return started;
    }

    private void awaitReady(Process started, long logStart) {
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!ready(started)) {
            if (!started.isAlive()) {
                synchronized (this) {
                    if (process != started) {
                        throw new EmbeddedException.Closed(name);
                    }
                    process = null;
                    Recorded.forget(folder.processes(), id());
                }
                throw Diagnosis.of(this, logStart);
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw Diagnosis.of(this, logStart);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(30);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                kill();
                throw new EmbeddedException.Closed(name);
            }
        }
    }

    private void report(Process ended) {
        CompletableFuture<Integer> told;
        synchronized (this) {
            if (process != ended) {
                return;
            }
            process = null;
            Recorded.forget(folder.processes(), id());
            told = death;
        }
        told.complete(ended.exitValue());
    }

    /** Stops in order: what was acknowledged is on disk afterwards. By force after 20 s. */
    public final void stop() {
        end(
                (ended, family) -> {
                    Signals.send("CONT", family);
                    Signals.send(stopSignal(), List.of(ended.toHandle()));
                    if (!ended.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                        Signals.send("KILL", family);
                    }
                });
    }

    /** Ends the process and its children at once, as {@code kill -9} does. */
    public final void kill() {
        end((_, family) -> Signals.send("KILL", family));
    }

    /** Stops for good: a start that is under way fails, later ones do too. */
    final void close() {
        synchronized (this) {
            closed = true;
        }
        stop();
    }

    private interface Ending {
        void end(Process process, List<ProcessHandle> family) throws InterruptedException;
    }

    private void end(Ending ending) {
        Process ended;
        synchronized (this) {
            if (process == null) {
                return;
            }
            ended = process;
            process = null;
        }
        try {
            ending.end(ended, Leftovers.family(ended.toHandle()));
            ended.waitFor();
            Recorded.forget(folder.processes(), id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Freezes the process and its children: connections stay open and get no answer. */
    public final synchronized void pause() {
        signal("STOP");
    }

    /** Undoes {@link #pause}. */
    public final synchronized void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        if (process == null) {
            throw new IllegalStateException(name + " does not run");
        }
        Signals.send(signal, Leftovers.family(process.toHandle()));
    }

    /** Keeps one old log once it has grown, and returns where this start's words begin. */
    private long rotateLog() throws IOException {
        if (!Files.exists(log())) {
            return 0;
        }
        if (Files.size(log()) < LOG_KEPT) {
            return Files.size(log());
        }
        Files.move(
                log(), log().resolveSibling(id() + ".1.log"), StandardCopyOption.REPLACE_EXISTING);
        return 0;
    }

    /** The name in files and settings. */
    final String id() {
        return name.toLowerCase(Locale.ROOT);
    }

    final Path data() {
        return folder.data(id());
    }

    /** Makes the data folder and the settings ready. Called before every start. */
    abstract void prepare() throws IOException;

    abstract List<String> command() throws IOException;

    /** Whether requests are answered by now. Asked often, must return soon. */
    abstract boolean ready(Process started);

    abstract String stopSignal();
}
