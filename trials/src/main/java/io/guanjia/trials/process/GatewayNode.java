package io.guanjia.trials.process;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One gateway node. However it ended, {@link #start} brings it back on the same port. */
public final class GatewayNode {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Programs programs;
    private final String name;
    private final int port = FreePort.choose();
    private final List<String> flags;
    private final List<String> arguments;
    private @Nullable Program program;

    /**
     * @param flags for its JVM
     * @param settings Spring's and the gateway's
     */
    public GatewayNode(
            Programs programs, String name, List<String> flags, Map<String, String> settings) {
        this.programs = programs;
        this.name = name;
        this.flags = List.copyOf(flags);
        var all = new ArrayList<String>();
        all.add("--server.port=" + port);
        all.add("--server.address=127.0.0.1");
        settings.forEach((key, value) -> all.add("--" + key + "=" + value));
        this.arguments = List.copyOf(all);
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts it, and returns before it is ready. */
    public synchronized void launch() {
        var command =
                JavaCommand.of(TrialNode.class)
                        .flags(flags.toArray(String[]::new))
                        .arguments(arguments);
        // Standard input stays open for as long as we live.
        program = programs.start(name, command.words());
    }

    /** Starts it, and returns when it takes callbacks. */
    public void start() {
        launch();
        awaitReady();
    }

    /** Returns when it takes callbacks. */
    public void awaitReady() {
        Await.until(
                PATIENCE,
                () -> ready() || !program().running(),
                () -> name + " is not ready; " + program().lastWords());
        if (!program().running()) {
            throw new IllegalStateException(name + " ended; " + program().lastWords());
        }
    }

    public boolean ready() {
        return Http.status(address().resolve("/actuator/health/readiness")) == 200;
    }

    /** As {@code kill -9}. */
    public void kill() {
        program().kill();
    }

    /** As an orderly stop, with force after half a minute. */
    public void stop() {
        if (!program().terminate(Duration.ofSeconds(30))) {
            program().kill();
        }
    }

    public long pid() {
        return program().pid();
    }

    /** The end of its log. */
    public String lastWords() {
        return program().lastWords();
    }

    private synchronized Program program() {
        if (program == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return program;
    }
}
