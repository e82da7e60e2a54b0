package io.guanjia.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where the servers of one data folder listen: the same ports in every run, unless somebody else
 * has taken one meanwhile.
 *
 * <p>Below the range from which systems hand out ports for outgoing connections. Within it, a
 * client that keeps trying to reach a dead server can end up connected to itself, and then the
 * server cannot have its port back.
 */
final class Ports {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;

    private final Path file;
    private final Properties ports = new Properties();

    private Ports(Path file) {
        this.file = file;
    }

    static Ports of(DataFolder folder) {
        var ports = new Ports(folder.root().resolve("ports"));
        if (Files.exists(ports.file)) {
            try (var in = Files.newInputStream(ports.file)) {
                ports.ports.load(in);
            } catch (IOException | IllegalArgumentException e) {
                // A file nobody can read is as good as none: the ports are chosen anew.
                ports.ports.clear();
            }
        }
        return ports;
    }

    /** A free port, the one of the last run where possible. */
    synchronized int choose(String name) {
        var port = remembered(name);
        for (var tries = 0; !free(port) || usedByAnother(name, port); tries++) {
            if (tries > 1000) {
                throw new EmbeddedException.PortTaken(name, port);
            }
            port = random();
        }
        ports.setProperty(name, Integer.toString(port));
        try (var out = Files.newOutputStream(file)) {
            ports.store(out, null);
        } catch (IOException e) {
            throw DataFolder.unusable(file, e);
        }
        return port;
    }

    private int remembered(String name) {
        try {
            var port = Integer.parseInt(ports.getProperty(name, ""));
            return port > 0 && port < 65536 ? port : random();
        } catch (NumberFormatException e) {
            return random();
        }
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
    }

    private boolean usedByAnother(String name, int port) {
        return ports.entrySet().stream()
                .anyMatch(
                        entry ->
                                !entry.getKey().equals(name)
                                        && entry.getValue().equals(Integer.toString(port)));
    }

    static boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
