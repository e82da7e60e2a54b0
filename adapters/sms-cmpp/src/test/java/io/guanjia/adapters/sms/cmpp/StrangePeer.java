package io.guanjia.adapters.sms.cmpp;

import io.guanjia.cmpp.protocol.CmppCodec;
import io.guanjia.cmpp.protocol.Version;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

import java.net.InetSocketAddress;
import java.util.function.BiConsumer;

/** Somebody at the carrier's address who is not the carrier. */
final class StrangePeer implements AutoCloseable {

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listening;

    /**
     * @param does what to do about each PDU
     */
    StrangePeer(BiConsumer<ChannelHandlerContext, Object> does) {
        listening =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(new CmppCodec(Version.V3_0), peer(does));
                                    }
                                })
                        .bind("127.0.0.1", 0)
                        .syncUninterruptibly()
                        .channel();
    }

    String address() {
        return "cmpp://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private static ChannelInboundHandlerAdapter peer(
            BiConsumer<ChannelHandlerContext, Object> does) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                does.accept(context, message);
            }
        };
    }

    @Override
    public void close() {
        loops.shutdownGracefully();
    }
}
