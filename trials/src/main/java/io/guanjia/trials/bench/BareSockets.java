package io.guanjia.trials.bench;

import io.guanjia.trials.process.Parent;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

import reactor.netty.resources.LoopResources;

/** Sockets that do nothing, on Netty alone: the least that an open one can cost. */
final class BareSockets {

    private BareSockets() {}

    public static void main(String[] args) throws InterruptedException {
        Parent.outliveNot();
        var loops = LoopResources.create("bare");
        new ServerBootstrap()
                .group(loops.onServerSelect(true), loops.onServer(true))
                .channel(loops.onChannelClass(ServerSocketChannel.class, loops.onServer(true)))
                .childHandler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline()
                                        .addLast(new HttpServerCodec())
                                        .addLast(new HttpObjectAggregator(8 * 1024))
                                        .addLast(new WebSocketServerProtocolHandler("/", true))
                                        .addLast(new Ignore());
                            }
                        })
                .bind("127.0.0.1", Integer.parseInt(args[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static final class Ignore extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            // Nobody says anything worth an answer.
        }
    }
}
