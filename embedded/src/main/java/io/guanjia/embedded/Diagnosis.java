package io.guanjia.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Reads from a server's log why it did not start. */
final class Diagnosis {

    private static final int READ_AT_MOST = 64 << 10;
    private static final Pattern WORDS_THAT_MATTER =
            Pattern.compile(
                    "FATAL|PANIC|ERROR|Fatal|Bad file format|Exception|error while loading");

    private Diagnosis() {}

    /** From what the server has said since the log was {@code logStart} bytes long. */
    static EmbeddedException of(Server server, long logStart) {
        var said = said(server, logStart);
        if (said.contains("No space left on device")) {
            return new EmbeddedException.DiskFull(server.folder.root());
        }
        if (said.contains("Address already in use")) {
            return new EmbeddedException.PortTaken(server.name(), server.port());
        }
        if (said.contains("unshare: ") || said.contains("cannot be run as root")) {
            return new EmbeddedException.MachineUnsuitable(
                    "PostgreSQL does not run as root, and this machine forbids the user namespace"
                            + " that would get around it: start again as an ordinary user.");
        }
        if (said.contains("error while loading shared libraries")
                || said.contains("version `GLIBC_")) {
            return new EmbeddedException.MachineUnsuitable(
                    "%s does not run on this system (%s): run it yourself and name it in the settings."
                            .formatted(server.name(), lastWords(said)));
        }
        if (said.contains("Permission denied") || said.contains("Read-only file system")) {
            return new EmbeddedException.FolderUnusable(server.data(), lastWords(said));
        }
        return new EmbeddedException.DataDamaged(
                server.name(), server.data(), server.log(), lastWords(said));
    }

    private static String said(Server server, long logStart) {
        try (var file = new RandomAccessFile(server.log().toFile(), "r")) {
            file.seek(Math.max(logStart, file.length() - READ_AT_MOST));
            var bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static String lastWords(String said) {
        var lines = said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty()) {
            return "it said nothing";
        }
        return lines.stream()
                .filter(line -> WORDS_THAT_MATTER.matcher(line).find())
                .findFirst()
                .orElse(List.copyOf(lines).getLast());
    }
}
