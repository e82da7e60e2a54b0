package io.guanjia.trials.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guanjia.embedded.Redis;
import io.guanjia.embedded.Server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Says one thing to Redis. */
final class RedisWire {

    private RedisWire() {}

    static void say(Redis redis, String command) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Server.HOST, redis.port()), 2_000);
            socket.setSoTimeout(5_000);
            var words = "AUTH %s\r\n%s\r\n".formatted(redis.password(), command);
            socket.getOutputStream().write(words.getBytes(US_ASCII));
            var expected = "+OK\r\n+OK\r\n";
            var answer =
                    new String(socket.getInputStream().readNBytes(expected.length()), US_ASCII);
            if (!answer.equals(expected)) {
                throw new IllegalStateException("Redis says " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
