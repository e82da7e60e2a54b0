package io.guanjia.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class LeftoversTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void serversStopByThemselvesAfterTheirParentWasKilled() throws IOException {
        var parent = parent();
        var servers = recorded();
        assertThat(servers).hasSize(3);

        parent.destroyForcibly();

        await().atMost(PATIENCE).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void theNextStartEndsWhatIsStillThere() throws IOException {
        var parent = parent();
        var servers = recorded();
        // Without Kafka nobody watches the parent, as when it was killed along with it.
        process("kafka").destroyForcibly();
        parent.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !parent.isAlive());
        assertThat(process("postgresql").isAlive()).isTrue();

        var ended = new ArrayList<String>();
        var progress =
                new Progress() {
                    @Override
                    public void leftoverEnded(String server, long pid) {
                        ended.add(server);
                    }
                };
        try (var next = EmbeddedServers.open(ParentToKill.settings(folder), progress)) {
            await().until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(ended).containsExactlyInAnyOrder("postgresql", "redis");
            next.startAll(Progress.SILENT);
            assertThat(next.all()).allMatch(Server::running);
        }
    }

    @Test
    void aPausedLeftoverIsEndedToo() throws IOException {
        var sleeper = sleeper();
        Recorded.of("sleeper", sleeper.toHandle(), "TERM", "sleep").save(folder);
        Signals.send("STOP", List.of(sleeper.toHandle()));

        Leftovers.end(folder, Progress.SILENT);

        // Java hears of its child's end a moment after the child is gone.
        await().until(() -> !sleeper.isAlive());
        assertThat(Recorded.all(folder)).isEmpty();
    }

    @Test
    void aStrangerWhoGotTheSameProcessIdIsLeftAlone() throws IOException {
        var stranger = sleeper();
        var record = Recorded.of("sleeper", stranger.toHandle(), "KILL", "sleep");
        new Recorded(
                        record.server(),
                        record.pid(),
                        record.birth() + "0",
                        record.parent(),
                        record.stopSignal(),
                        record.command())
                .save(folder);

        Leftovers.end(folder, Progress.SILENT);

        assertThat(stranger.isAlive()).isTrue();
        assertThat(Recorded.all(folder)).isEmpty();
    }

    @Test
    void whatAnotherParentStartedMeanwhileIsLeftAlone() throws IOException {
        var sleeper = sleeper();
        Recorded.of("sleeper", sleeper.toHandle(), "KILL", "sleep").save(folder);

        Leftovers.endChildrenOf("1 of-long-ago", folder);

        assertThat(sleeper.isAlive()).isTrue();
        assertThat(Recorded.all(folder)).hasSize(1);
    }

    @Test
    void aRecordNobodyCanReadIsNoRecord() throws IOException {
        Files.writeString(folder.resolve("redis"), "pid=\\u00zz");

        assertThat(Recorded.all(folder)).isEmpty();
    }

    private Process sleeper() throws IOException {
        var sleeper = new ProcessBuilder("sleep", "600").start();
        started.add(sleeper);
        return sleeper;
    }

    private Process parent() throws IOException {
        var parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                Objects.requireNonNull(System.getProperty("java.class.path")),
                                "-Dguanjia.root=" + System.getProperty("guanjia.root", "."),
                                ParentToKill.class.getName(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        started.add(parent);
        try (var out =
                new BufferedReader(
                        new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals(ParentToKill.READY)) {
                    return parent;
                }
            }
        }
        throw new IllegalStateException("The parent ended with " + parent);
    }

    private List<ProcessHandle> recorded() {
        return Recorded.all(folder.resolve("processes")).stream()
                .map(record -> record.process().orElseThrow())
                .toList();
    }

    private ProcessHandle process(String server) {
        return Recorded.all(folder.resolve("processes")).stream()
                .filter(record -> record.server().equals(server))
                .findFirst()
                .flatMap(Recorded::process)
                .orElseThrow();
    }
}
