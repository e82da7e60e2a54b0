package io.guanjia.adapters.sms.line;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

/** Writes, and flushes once for everything that is written in one turn of the event loop. */
final class Outlet {

    private final ChannelHandlerContext context;
    private boolean flushing;

    Outlet(ChannelHandlerContext context) {
        this.context = context;
    }

    ChannelFuture write(Object pdu) {
        var written = context.write(pdu);
        if (!flushing) {
            flushing = true;
            context.executor()
                    .execute(
                            () -> {
                                flushing = false;
                                context.flush();
                            });
        }
        return written;
    }
}
