package io.guanjia.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.channel.ChannelOption;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class TalkTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int MOST_WAITING = 512 * 1024;
    private static final int KERNEL_KEEPS = 8 * 1024;

    private static final byte[] FRAME = new byte[16 * 1024];

    /** A text frame with the mask 0. */
    private static final byte[] HELLO = {
        (byte) 0x81, (byte) 0x85, 0, 0, 0, 0, 'h', 'e', 'l', 'l', 'o'
    };

    private volatile FrameQueue queue = new FrameQueue(MOST_WAITING);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final RequestUpgradeStrategy strategy = new ReactorNettyRequestUpgradeStrategy();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final DisposableServer server =
            HttpServer.create()
                    .host("127.0.0.1")
                    .port(0)
                    .childOption(ChannelOption.SO_SNDBUF, KERNEL_KEEPS)
                    .doOnConnection(connections::add)
                    .handle(
                            new ReactorHttpHandlerAdapter(
                                    WebHttpHandlerBuilder.webHandler(this::talk).build()))
                    .bindNow();

    private Mono<Void> talk(ServerWebExchange exchange) {
        var cut = Handshake.cut(exchange.getRequest());
        return Mono.<Void>empty()
                // Who comes is looked up first, so it is another thread that lets them in.
                .publishOn(Schedulers.parallel())
                .then(
                        Handshake.open(
                                strategy,
                                exchange,
                                session ->
                                        Talk.serve(
                                                session,
                                                queue,
                                                Mono.delay(Duration.ofMillis(1))
                                                        .then(
                                                                Mono.fromRunnable(
                                                                        entered::countDown)),
                                                text -> Mono.fromRunnable(() -> heard.add(text)),
                                                left::countDown,
                                                cut),
                                null));
    }

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void whoDoesNotReadCostsALimitAndIsCutOff() throws Exception {
        try (var _ = open()) {
            for (int pushed = 0; pushed < 2 * MOST_WAITING; pushed += FRAME.length) {
                queue.push(FRAME);
            }
            assertThat(queue.end().block(SOON)).isEqualTo(CloseStatus.SERVICE_OVERLOAD);

            await().atMost(Talk.CLOSED_WITHIN.plus(SOON)).until(() -> left.getCount() == 0);
            await().atMost(SOON).until(() -> connections.stream().noneMatch(TalkTest::open));
        }
    }

    @Test
    void whoDoesNotAnswerAnyMoreIsClosed() throws Exception {
        try (var _ = open()) {
            queue.close(CloseStatus.GOING_AWAY);

            await().atMost(Talk.CLOSED_WITHIN).until(() -> left.getCount() == 0);
            await().atMost(SOON).until(() -> connections.stream().noneMatch(TalkTest::open));
        }
    }

    /** Often enough for one to slip through where it can: it was 1 in 150. */
    @Test
    void whatIsSaidAtOnceIsHeard() throws Exception {
        for (var i = 0; i < 600; i++) {
            queue = new FrameQueue(MOST_WAITING);
            try (var socket = dial()) {
                awaitSwitch(socket);
                socket.getOutputStream().write(HELLO);

                assertThat(heard.poll(SOON.toSeconds(), TimeUnit.SECONDS))
                        .as("socket %d", i)
                        .isEqualTo("hello");
            }
        }
    }

    /** Coming back for the rest, they get to the end. */
    @Test
    void whoLacksMoreThanMayWaitGetsWhatWaitsBeforeTheyAreClosed() throws Exception {
        for (int pushed = 0; pushed < 2 * MOST_WAITING; pushed += FRAME.length) {
            queue.push(FRAME);
        }

        try (var socket = dial()) {
            awaitSwitch(socket);
            var in = new DataInputStream(socket.getInputStream());
            for (int read = 0; read < MOST_WAITING; read += FRAME.length) {
                assertThat(frame(in)).isEqualTo(FRAME);
            }
            byte[] last = FRAME;
            while (last.length == FRAME.length) {
                last = frame(in);
            }
            assertThat(new BigInteger(last).intValue())
                    .isEqualTo(CloseStatus.SERVICE_OVERLOAD.getCode());
            assertThat(in.read()).isNegative();
        }
    }

    /** The payload of one, as a server writes them (RFC 6455, 5.2). */
    private static byte[] frame(DataInputStream in) throws IOException {
        in.readByte();
        var length = in.readUnsignedByte();
        return in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
    }

    private static boolean open(Connection connection) {
        return connection.channel().isOpen();
    }

    /** A socket of which nothing is ever read. */
    private Socket open() throws IOException, InterruptedException {
        var socket = dial();
        entered.await();
        return socket;
    }

    private Socket dial() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(KERNEL_KEEPS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream()
                .write(
                        """
                        GET / HTTP/1.1\r
                        Host: here\r
                        Connection: Upgrade\r
                        Upgrade: websocket\r
                        Sec-WebSocket-Version: 13\r
                        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                        \r
                        """
                                .getBytes(US_ASCII));
        return socket;
    }

    /** Reads the answer to the handshake to its end. */
    private static void awaitSwitch(Socket socket) throws IOException {
        var end = "\r\n\r\n";
        for (var matched = 0; matched < end.length(); ) {
            var read = socket.getInputStream().read();
            if (read < 0) {
                throw new EOFException();
            }
            matched = read == end.charAt(matched) ? matched + 1 : read == '\r' ? 1 : 0;
        }
    }
}
