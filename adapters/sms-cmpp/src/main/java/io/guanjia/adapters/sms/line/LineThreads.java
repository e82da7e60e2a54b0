package io.guanjia.adapters.sms.line;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;

import reactor.core.scheduler.NonBlocking;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Event loops for lines, apart from those that serve HTTP. Reactor refuses to block on them. */
public final class LineThreads {

    private LineThreads() {}

    public static EventLoopGroup group(String name) {
        var count = new AtomicInteger();
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
        ThreadFactory factory = work -> new LineThread(work, name + '-' + count.incrementAndGet());
        return new MultiThreadIoEventLoopGroup(threads, factory, NioIoHandler.newFactory());
    }

    private static final class LineThread extends FastThreadLocalThread implements NonBlocking {
        LineThread(Runnable work, String name) {
            super(work, name);
            setDaemon(true);
        }
    }
}
