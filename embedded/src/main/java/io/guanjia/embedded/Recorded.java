package io.guanjia.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A process we started, written down so that a later run can end it and nothing else.
 *
 * @param birth {@link Birth} of the process: a reused id is not taken for it
 * @param parent id and birth of the process that started it
 * @param stopSignal what makes it stop in order
 */
record Recorded(
        String server, long pid, String birth, String parent, String stopSignal, String command) {

    /** Names this JVM as a parent. */
    static String self() {
        var self = ProcessHandle.current();
        return self.pid() + " " + Birth.of(self).orElse("");
    }

    static Recorded of(String server, ProcessHandle process, String stopSignal, String command) {
        return new Recorded(
                server, process.pid(), Birth.of(process).orElse(""), self(), stopSignal, command);
    }

    /** The process, if it is this very one and still lives. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Birth.of(process).filter(birth::equals).isPresent());
    }

    void save(Path folder) {
        var properties = new Properties();
        properties.setProperty("server", server);
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("birth", birth);
        properties.setProperty("parent", parent);
        properties.setProperty("stop-signal", stopSignal);
        properties.setProperty("command", command);
        var file = file(folder, server);
        var unfinished = file.resolveSibling(server + ".new");
        try {
            try (var out = Files.newOutputStream(unfinished)) {
                properties.store(out, null);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void forget(Path folder, String server) {
        try {
            Files.deleteIfExists(file(folder, server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything recorded in the folder; a file that cannot be read counts as no record. */
    static List<Recorded> all(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".new"))
                    .map(Recorded::load)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Recorded> load(Path file) {
        var properties = new Properties();
        try (var in = Files.newInputStream(file)) {
            properties.load(in);
            return Optional.of(
                    new Recorded(
                            properties.getProperty("server", ""),
                            Long.parseLong(properties.getProperty("pid", "")),
                            properties.getProperty("birth", ""),
                            properties.getProperty("parent", ""),
                            properties.getProperty("stop-signal", "TERM"),
                            properties.getProperty("command", "")));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Path file(Path folder, String server) {
        return folder.resolve(server);
    }
}
