package io.guanjia.trials.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import reactor.netty.resources.LoopResources;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens sockets and holds them open, as a JVM of its own. A line on standard input is the address
 * of one to open, and behind a blank the protocols it offers; the answer is {@code open}, {@code
 * refused}, or, to {@code count}, how many are open.
 *
 * <p>How long something was on its way is known of every frame that holds {@link #DUE} and {@link
 * System#nanoTime}, which is one clock for all processes of a machine. {@code since} and a time has
 * all that was due earlier left out from now on; {@code latency} and how many were sent since is
 * answered with {@code count p50 p99 max} in microseconds, of all that were sent: {@link #NEVER}
 * where too few have come.
 */
final class SocketClients {

    static final String DUE = "due:";
    static final long NEVER = -1;

    private static final byte[] MARK = DUE.getBytes(UTF_8);
    private static final int LONGEST_FRAME = 1 << 20;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    /** Source addresses take turns, since one has only so many ports. */
    private static final int ADDRESSES = 8;

    private final LoopResources threads = LoopResources.create("clients", 1, true);
    private final EventLoopGroup loop = threads.onClient(true);
    private final AtomicInteger open = new AtomicInteger();
    private final Histogram latency = new Histogram(LONGEST_MICROS, 3);
    private long since = Long.MIN_VALUE;
    private int opened;

    public static void main(String[] args) throws IOException {
        var answers = new PrintStream(System.out, true, UTF_8);
        System.setOut(System.err);
        var clients = new SocketClients();
        try (var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.println(clients.answer(line));
            }
        }
        System.exit(0);
    }

    private String answer(String line) {
        var words = line.split(" ", 2);
        return switch (words[0]) {
            case "count" -> Integer.toString(open.get());
            case "since" -> since(Long.parseLong(words[1]));
            case "latency" -> latency(Long.parseLong(words[1]));
            default ->
                    open(URI.create(words[0]), words.length > 1 ? words[1] : null)
                            ? "open"
                            : "refused";
        };
    }

    private String since(long time) {
        synchronized (latency) {
            since = time;
            latency.reset();
        }
        return "since";
    }

    private String latency(long of) {
        synchronized (latency) {
            return "%d %d %d %d"
                    .formatted(
                            latency.getTotalCount(),
                            slowestOf(0.5, of),
                            slowestOf(0.99, of),
                            slowestOf(1, of));
        }
    }

    /** Within which time so large a part of all had come. */
    private long slowestOf(double part, long all) {
        var wanted = (long) Math.ceil(part * all);
        var came = latency.getTotalCount();
        return came == 0 || came < wanted
                ? NEVER
                : latency.getValueAtPercentile(100.0 * wanted / came);
    }

    private boolean open(URI address, @Nullable String protocols) {
        var shaken = new CompletableFuture<Boolean>();
        var headers = new DefaultHttpHeaders();
        headers.set("Origin", "http://" + address.getAuthority());
        var handshaker =
                WebSocketClientHandshakerFactory.newHandshaker(
                        address, WebSocketVersion.V13, protocols, true, headers, LONGEST_FRAME);
        var source = new InetSocketAddress("127.0.0." + (2 + opened++ % ADDRESSES), 0);
        new Bootstrap()
                .group(loop)
                .channel(threads.onChannelClass(SocketChannel.class, loop))
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline()
                                        .addLast(new HttpClientCodec())
                                        .addLast(new HttpObjectAggregator(64 * 1024))
                                        .addLast(new WebSocketClientProtocolHandler(handshaker))
                                        .addLast(new Holding(shaken));
                            }
                        })
                .connect(new InetSocketAddress(address.getHost(), address.getPort()), source)
                .addListener(
                        connected -> {
                            if (!connected.isSuccess()) {
                                shaken.complete(false);
                            }
                        });
        return shaken.join();
    }

    private void arrived(ByteBuf content) {
        var at = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(MARK), content);
        if (at >= 0) {
            long due = 0;
            for (int i = at + MARK.length; i < content.writerIndex(); i++) {
                var digit = content.getByte(i) - '0';
                if (digit < 0 || digit > 9) {
                    break;
                }
                due = 10 * due + digit;
            }
            var micros = (System.nanoTime() - due) / 1_000;
            synchronized (latency) {
                if (due >= since) {
                    latency.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
                }
            }
        }
    }

    /** Reads what comes and forgets it. */
    private final class Holding extends ChannelInboundHandlerAdapter {

        private final CompletableFuture<Boolean> shaken;
        private boolean counted;

        Holding(CompletableFuture<Boolean> shaken) {
            this.shaken = shaken;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                counted = true;
                open.incrementAndGet();
                shaken.complete(true);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof TextWebSocketFrame frame) {
                arrived(frame.content());
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (counted) {
                open.decrementAndGet();
            }
            shaken.complete(false);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
