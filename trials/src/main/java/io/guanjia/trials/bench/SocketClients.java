package io.guanjia.trials.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;

import reactor.netty.resources.LoopResources;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens sockets and holds them open, as a JVM of its own. A line on standard input is the address
 * of one to open; the answer is {@code open}, {@code refused}, or, to {@code count}, how many are
 * open.
 */
final class SocketClients {

    private static final int LONGEST_FRAME = 1 << 20;

    /** Source addresses take turns, since one has only so many ports. */
    private static final int ADDRESSES = 8;

    private final LoopResources threads = LoopResources.create("clients", 1, true);
    private final EventLoopGroup loop = threads.onClient(true);
    private final AtomicInteger open = new AtomicInteger();
    private int opened;

    public static void main(String[] args) throws IOException {
        var answers = new PrintStream(System.out, true, UTF_8);
        System.setOut(System.err);
        var clients = new SocketClients();
        try (var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.println(
                        line.equals("count")
                                ? Integer.toString(clients.open.get())
                                : clients.open(URI.create(line)) ? "open" : "refused");
            }
        }
        System.exit(0);
    }

    private boolean open(URI address) {
        var shaken = new CompletableFuture<Boolean>();
        var headers = new DefaultHttpHeaders();
        headers.set("Origin", "http://" + address.getAuthority());
        var handshaker =
                WebSocketClientHandshakerFactory.newHandshaker(
                        address, WebSocketVersion.V13, null, true, headers, LONGEST_FRAME);
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
