package io.guanjia.trials.process;

import org.springframework.boot.SpringBootVersion;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run took place on and with, for the page it writes. */
public final class Machine {

    private Machine() {}

    /** A list of facts in Markdown. */
    public static List<String> facts() {
        return List.of(
                "- %s, %d cores, %d GB; load before the start %.1f"
                        .formatted(
                                model(),
                                Runtime.getRuntime().availableProcessors(),
                                memoryGigabytes(),
                                ManagementFactory.getOperatingSystemMXBean()
                                        .getSystemLoadAverage()),
                "- %s %s; Java %s (%s)"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("java.version"),
                                System.getProperty("java.vm.name")),
                "- Spring Boot %s, reactor-netty %s, Netty %s, kafka-clients %s"
                        .formatted(
                                SpringBootVersion.getVersion(),
                                versionOf("reactor-netty-http"),
                                versionOf("netty-transport"),
                                versionOf("kafka-clients")));
    }

    /** The version of an artifact on our class path, or a question mark. */
    public static String versionOf(String artifact) {
        for (var entry : System.getProperty("java.class.path", "").split(":")) {
            var name = Path.of(entry).getFileName().toString();
            if (name.startsWith(artifact + "-")
                    && Character.isDigit(name.charAt(artifact.length() + 1))) {
                return name.substring(artifact.length() + 1, name.length() - ".jar".length());
            }
        }
        return "?";
    }

    /** What a program says of its version, or that it is unknown. */
    public static String said(String... command) {
        try {
            var process = new ProcessBuilder(command).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String model() {
        return line(Path.of("/proc/cpuinfo"), "model name");
    }

    private static long memoryGigabytes() {
        var kilobytes = line(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        return kilobytes.isEmpty() ? 0 : Long.parseLong(kilobytes) >> 20;
    }

    private static String line(Path file, String key) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
