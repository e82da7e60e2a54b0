package io.guanjia.gateway;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Something a node does from its start until it stops, beside whatever is asked of it.
 *
 * <p>It is stopped by being cancelled, so it must be all right to cancel it anywhere.
 */
public abstract class BackgroundWork implements SmartLifecycle {

    private @Nullable Disposable running;

    /** What is to be done, without an end; a failure ends it for good, so it should not fail. */
    protected abstract Publisher<?> work();

    @Override
    public final synchronized void start() {
        if (running == null) {
            running = Flux.from(work()).subscribe();
        }
    }

    @Override
    public final synchronized void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public final synchronized boolean isRunning() {
        return running != null;
    }
}
