package io.guanjia.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/**
 * Reads on after each answer. Up to 1.3.7, reactor-netty stops reading a keep-alive connection for
 * good when a request comes right behind an answer (reactor-netty #4361); one read too many does no
 * harm. To be taken out with 1.3.8. On the event loop, one for each connection.
 */
final class ReadsOn extends ChannelOutboundHandlerAdapter {

    private static final long SOON_MILLIS = 20;

    private @Nullable Future<?> next;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
        if (message instanceof LastHttpContent && next == null) {
            next =
                    context.executor()
                            .schedule(() -> readOn(context), SOON_MILLIS, TimeUnit.MILLISECONDS);
        }
        var _ = context.write(message, written);
    }

    private void readOn(ChannelHandlerContext context) {
        next = null;
        if (!context.isRemoved()) {
            context.read();
        }
    }
}
