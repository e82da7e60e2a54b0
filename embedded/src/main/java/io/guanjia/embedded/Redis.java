package io.guanjia.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Redis 6.2, writing its append-only file to disk once a second. */
public final class Redis extends Server {

    private final Binaries binaries;

    Redis(DataFolder folder, Ports ports, Binaries binaries) {
        super("Redis", folder, ports);
        this.binaries = binaries;
    }

    public String password() {
        return folder.password();
    }

    @Override
    void prepare() throws IOException {
        Files.createDirectories(data());
        DataFolder.writePrivately(
                settings(),
                """
                bind %s
                port %d
                dir "%s"
                requirepass %s
                appendonly yes
                appendfsync everysec
                save ""
                """
                        .formatted(HOST, port(), data(), password()));
    }

    /** A file, because everybody on the machine can read a command line. */
    private Path settings() {
        return folder.root().resolve("redis.conf");
    }

    @Override
    List<String> command() {
        return List.of(binaries.redis().toString(), settings().toString());
    }

    @Override
    boolean ready(Process started) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port()), 1000);
            socket.setSoTimeout(1000);
            var question = "AUTH %s\r\nPING\r\n".formatted(password());
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            var expected = "+OK\r\n+PONG\r\n";
            var answer = socket.getInputStream().readNBytes(expected.length());
            return expected.equals(new String(answer, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    String stopSignal() {
        return "TERM";
    }
}
