package io.guanjia.trials.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;

import reactor.netty.resources.LoopResources;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/** Carries plans out, one at a time. One event loop sends more than any server here takes. */
public final class LoadGenerator implements AutoCloseable {

    private final LoopResources threads = LoopResources.create("load", 1, true);
    private final EventLoop loop = threads.onClient(true).next();

    /** Blocks until the plan is carried out. */
    public LoadResult run(LoadPlan plan) {
        try (var corpus = Corpus.of(plan)) {
            return run(plan, corpus);
        }
    }

    private LoadResult run(LoadPlan plan, Corpus corpus) {
        var load = new Load(plan, corpus);
        var lines = new ArrayList<Line>();
        var connecting = new ArrayList<ChannelFuture>();
        for (int i = 0; i < plan.connections(); i++) {
            connecting.add(connect(plan, load, lines));
        }
        connecting.forEach(ChannelFuture::syncUninterruptibly);
        loop.execute(() -> begin(load, lines));
        return load.result().join();
    }

    private ChannelFuture connect(LoadPlan plan, Load load, ArrayList<Line> lines) {
        return new Bootstrap()
                .group(loop)
                .channel(threads.onChannelClass(SocketChannel.class, loop))
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(
                        new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                var line = new Line(load, plan.caller().kept(), channel);
                                lines.add(line);
                                channel.pipeline().addLast(line);
                            }
                        })
                .connect(plan.host(), plan.port());
    }

    private void begin(Load load, ArrayList<Line> lines) {
        load.start(lines);
        tick(load);
        watch(load);
    }

    private void tick(Load load) {
        var next = load.sendWhatIsDue();
        if (next != null) {
            var wait = Math.max(0, next - System.nanoTime());
            loop.schedule(() -> tick(load), wait, TimeUnit.NANOSECONDS);
        }
    }

    private void watch(Load load) {
        if (load.over()) {
            load.finish();
        } else {
            loop.schedule(() -> watch(load), 5, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        threads.dispose();
    }
}
