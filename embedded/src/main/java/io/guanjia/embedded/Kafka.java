package io.guanjia.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Kafka 4, broker and controller in one process. Topics are not created by writing to them. */
public final class Kafka extends Server {

    private final EmbeddedSettings settings;
    private final int controllerPort;

    Kafka(DataFolder folder, Ports ports, EmbeddedSettings settings) {
        super("Kafka", folder, ports);
        this.settings = settings;
        this.controllerPort = ports.choose("kafka-controller");
    }

    @Override
    void prepare() throws IOException {
        Files.createDirectories(data());
        Files.deleteIfExists(readyMark());
        var properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", "1");
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty(
                "controller.quorum.voters", "1@%s:%d".formatted(HOST, controllerPort));
        properties.setProperty(
                "listeners",
                "PLAINTEXT://%s,CONTROLLER://%s:%d".formatted(address(), HOST, controllerPort));
        properties.setProperty("advertised.listeners", "PLAINTEXT://" + address());
        properties.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty("log.dirs", data().toString());
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("default.replication.factor", "1");
        properties.setProperty("offsets.topic.replication.factor", "1");
        properties.setProperty("offsets.topic.num.partitions", "4");
        properties.setProperty("transaction.state.log.replication.factor", "1");
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("transaction.state.log.num.partitions", "4");
        properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        // How long a broker that was killed keeps the next one out.
        properties.setProperty("broker.session.timeout.ms", "4000");
        properties.setProperty("broker.heartbeat.interval.ms", "1000");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        // Sized for one developer: the defaults take half of the heap before the first message.
        properties.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        properties.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("background.threads", "2");
        if (settings.durability() == Durability.POWER_LOSS) {
            properties.setProperty("log.flush.interval.messages", "1");
        }
        try (var out = Files.newOutputStream(properties())) {
            properties.store(out, null);
        }
    }

    private Path properties() {
        return folder.root().resolve("kafka.properties");
    }

    /** Holds the id of the process that takes requests. */
    private Path readyMark() {
        return folder.root().resolve("kafka.ready");
    }

    @Override
    List<String> command() throws IOException {
        var command = new ArrayList<>(BrokerJvm.command(settings.binaries(), settings.fullSpeed()));
        command.addAll(
                List.of(
                        properties().toString(),
                        readyMark().toString(),
                        Recorded.self(),
                        folder.processes().toString(),
                        settings.temporary() ? folder.root().toString() : ""));
        return command;
    }

    @Override
    boolean ready(Process started) {
        try {
            return Files.exists(readyMark())
                    && Files.readString(readyMark()).equals(Long.toString(started.pid()));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    String stopSignal() {
        return "TERM";
    }
}
