package io.guanjia.trials.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is alive in another JVM: bytes by class, after a full collection, as {@code jcmd
 * GC.class_histogram} counts them.
 */
record LiveHeap(Map<String, Long> bytesByClass, long residentBytes) {

    private static final Pattern LINE =
            Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(?<bytes>\\d+)\\s+(?<name>\\S+).*");

    LiveHeap {
        bytesByClass = Map.copyOf(bytesByClass);
    }

    static LiveHeap of(long pid) {
        // The first collection finds what the second one can clear: references and finalizers.
        histogram(pid);
        var bytes = new HashMap<String, Long>();
        for (var line : histogram(pid)) {
            var matcher = LINE.matcher(line);
            if (matcher.matches()) {
                bytes.merge(
                        matcher.group("name"), Long.parseLong(matcher.group("bytes")), Long::sum);
            }
        }
        return new LiveHeap(bytes, resident(pid));
    }

    long bytes() {
        return bytesByClass.values().stream().mapToLong(Long::longValue).sum();
    }

    private static List<String> histogram(long pid) {
        try {
            var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            var process =
                    new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                            .redirectErrorStream(true)
                            .start();
            try (var output = process.inputReader(StandardCharsets.UTF_8)) {
                return output.lines().toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long resident(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
