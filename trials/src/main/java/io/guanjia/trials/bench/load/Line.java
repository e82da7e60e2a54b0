package io.guanjia.trials.bench.load;

import io.guanjia.trials.caller.Caller.Kept;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.jspecify.annotations.Nullable;

/** One connection, with at most one request under way. Its event loop only. */
final class Line extends ChannelInboundHandlerAdapter {

    private static final long NOTHING = Long.MIN_VALUE;

    private final Load load;
    private final Kept kept;
    private final Response response = new Response();
    private final Channel channel;
    private long since = NOTHING;

    Line(Load load, Kept kept, Channel channel) {
        this.load = load;
        this.kept = kept;
        this.channel = channel;
    }

    /**
     * Sends a request.
     *
     * @param from the time its answer is timed from, in {@link System#nanoTime}
     */
    void send(ByteBuf request, long from) {
        since = from;
        channel.writeAndFlush(request, channel.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var in = (ByteBuf) message;
        try {
            if (!response.read(in)) {
                return;
            }
        } finally {
            in.release();
        }
        if (since == NOTHING) {
            return;
        }
        var from = since;
        since = NOTHING;
        var right = response.says(kept);
        if (!right) {
            load.wrong(response.shown());
        }
        response.clear();
        load.answered(this, from, right);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        load.lost(this, since == NOTHING ? null : since);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        load.wrong(String.valueOf(cause));
        context.close();
    }

    void close() {
        channel.close();
    }

    /** Since when it has waited for an answer, or null. */
    @Nullable Long waitingSince() {
        return since == NOTHING ? null : since;
    }
}
