package io.guanjia.app;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.guanjia.running.Gateway;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** Sockets whose other side is gone without a word, or as good as gone. */
final class SilenceTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Gateway gateway = Gateway.shared();

    @Test
    void whoAnswersNoPingIsGoneWithinHalfAMinute() throws Exception {
        var begun = System.nanoTime();
        var agent = gateway.signedIn("xiaoli");
        try (var silent = app();
                // A frame that comes so slowly that it never ends is no sign of life.
                var slow = app();
                var desk =
                        open(
                                "/api/v1/desk/socket?ticket=" + agent.ticket(),
                                "Origin: " + agent.origin())) {
            slow.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0xfe, 0x10});

            for (var socket : List.of(silent, slow, desk)) {
                socket.setSoTimeout((int) LONGEST.toMillis());
                assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                        .startsWith("HTTP/1.1 101")
                        .contains("\"hello\"");
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST);
    }

    private Socket app() throws IOException {
        return open(
                "/app/v1/socket?account=web",
                "Authorization: Bearer " + Client.visitor(gateway).token());
    }

    private Socket open(String path, String header) throws IOException {
        var address = gateway.address();
        var socket = new Socket(address.getHost(), address.getPort());
        socket.getOutputStream()
                .write(
                        """
                        GET %s HTTP/1.1\r
                        Host: %s\r
                        Connection: Upgrade\r
                        Upgrade: websocket\r
                        Sec-WebSocket-Version: 13\r
                        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                        %s\r
                        \r
                        """
                                .formatted(path, address.getAuthority(), header)
                                .getBytes(ISO_8859_1));
        return socket;
    }
}
