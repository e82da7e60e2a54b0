package io.guanjia.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * When a process began, in a form that tells it from a later process with the same id.
 *
 * <p>On Linux the kernel's own count since boot, because Java's start time moves when the clock is
 * set.
 */
final class Birth {

    private static final Path PROC = Path.of("/proc");

    private Birth() {}

    /** Empty when the process has ended or may not be looked at. */
    static Optional<String> of(ProcessHandle process) {
        var stat = PROC.resolve(Long.toString(process.pid())).resolve("stat");
        if (Files.isReadable(stat)) {
            try {
                var boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
                var line = Files.readString(stat);
                // The second field is the program's name in brackets, which may hold blanks.
                var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
                // A zombie has ended; only nobody has asked for its exit status yet.
                return fields[0].equals("Z")
                        ? Optional.empty()
                        : Optional.of(boot + "/" + fields[19]);
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return process.info().startInstant().map(Object::toString);
    }
}
