package io.guanjia.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts a server in a session of its own. Else Ctrl-C would reach it together with the gateway,
 * which then could not finish its work first.
 */
final class Detached {

    private static final List<String> PREFIX = find();

    private Detached() {}

    /** What to put before a command; it replaces itself by the command, so the process id stays. */
    static List<String> prefix() {
        return PREFIX;
    }

    private static List<String> find() {
        if (onPath("setsid")) {
            return List.of("setsid");
        }
        if (onPath("perl")) {
            return List.of("perl", "-MPOSIX", "-e", "setsid(); exec @ARGV or die");
        }
        return List.of();
    }

    static boolean onPath(String program) {
        for (var folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder).resolve(program))) {
                return true;
            }
        }
        return false;
    }
}
