package io.guanjia.embedded;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * The process in which Kafka runs. It is also the one that outlives a killed parent long enough to
 * stop what the parent had started.
 */
final class KafkaBroker {

    private KafkaBroker() {}

    /**
     * @param arguments the settings file; the file to mark readiness in; the parent, as {@link
     *     Recorded#self} names it; the folder of process records; a folder to delete when the
     *     parent dies, or an empty word
     */
    public static void main(String[] arguments) throws Exception {
        var settings = new Properties();
        try (var in = Files.newInputStream(Path.of(arguments[0]))) {
            settings.load(in);
        }
        try {
            format(settings);
            var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
            Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
            followParent(arguments[2], Path.of(arguments[3]), arguments[4]);
            server.startup();
            markReady(Path.of(arguments[1]));
            server.awaitShutdown();
        } catch (Throwable e) {
            // Kafka's own threads would keep a broker alive that nobody can use.
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void format(Properties settings) throws Exception {
        var folder = settings.getProperty("log.dirs");
        if (Files.exists(Path.of(folder, "meta.properties"))) {
            return;
        }
        var formatter = new Formatter();
        formatter.setClusterId(Uuid.randomUuid().toString());
        formatter.setNodeId(1);
        formatter.setDirectories(List.of(folder));
        formatter.setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
        formatter.setControllerListenerName("CONTROLLER");
        formatter.setMetadataLogDirectory(folder);
        formatter.setIgnoreFormatted(true);
        formatter.run();
    }

    private static void markReady(Path mark) throws IOException {
        Files.writeString(mark, Long.toString(ProcessHandle.current().pid()));
    }

    private static void followParent(String parent, Path records, String temporary) {
        var pid = Long.parseLong(parent.substring(0, parent.indexOf(' ')));
        var birth = parent.substring(parent.indexOf(' ') + 1);
        Runnable outlived =
                () -> {
                    Leftovers.endChildrenOf(parent, records);
                    if (!temporary.isEmpty()) {
                        Binaries.delete(Path.of(temporary));
                    }
                    System.exit(0);
                };
        ProcessHandle.of(pid)
                .filter(process -> Birth.of(process).filter(birth::equals).isPresent())
                .ifPresentOrElse(
                        process -> process.onExit().thenRun(outlived),
                        () -> Thread.ofVirtual().start(outlived));
    }
}
