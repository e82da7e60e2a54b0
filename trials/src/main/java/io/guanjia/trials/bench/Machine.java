package io.guanjia.trials.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What it was measured on and with. */
final class Machine {

    private Machine() {}

    /** A list of facts in Markdown. */
    static List<String> facts() {
        return List.of(
                "- %s, %d cores, %d GB; load before the start %.1f"
                        .formatted(
                                model(),
                                Runtime.getRuntime().availableProcessors(),
                                memoryGigabytes(),
                                ManagementFactory.getOperatingSystemMXBean()
                                        .getSystemLoadAverage()),
                "- %s %s; Java %s (%s); Node %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("java.version"),
                                System.getProperty("java.vm.name"),
                                said("node", "--version")),
                "- Spring Boot %s, reactor-netty %s, Netty %s, kafka-clients %s, weixin-java-mp %s, co-wechat 2.4.0, koa 3.2.1"
                        .formatted(
                                org.springframework.boot.SpringBootVersion.getVersion(),
                                jar("reactor-netty-http"),
                                jar("netty-transport"),
                                jar("kafka-clients"),
                                jar("weixin-java-mp")),
                "- generator, servers, PostgreSQL, Redis, Kafka and sandbox share these cores; each"
                        + " JVM that is compared has `"
                        + String.join(" ", Contenders.FLAGS)
                        + "`; Kafka acks=all on one broker, as a cluster without fsync");
    }

    private static String jar(String artifact) {
        for (var entry : System.getProperty("java.class.path", "").split(":")) {
            var name = Path.of(entry).getFileName().toString();
            if (name.startsWith(artifact + "-")
                    && Character.isDigit(name.charAt(artifact.length() + 1))) {
                return name.substring(artifact.length() + 1, name.length() - ".jar".length());
            }
        }
        return "?";
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

    private static String said(String... command) {
        try {
            var process = new ProcessBuilder(command).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
