package io.guanjia.gateway;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Something a node does from its start until it stops, beside whatever is asked of it.
 *
 * <p>It is stopped by being cancelled, so it must be all right to cancel it anywhere.
 */
public abstract class BackgroundWork implements SmartLifecycle {

    private @Nullable Disposable running;

    /** What is to be done, without an end; a failure ends it for good, so it should not fail. */
    protected abstract Publisher<?> work();

    /**
     * Work in rounds, with a pause after each. A round that fails is told to {@code complain}, and
     * the next comes in its turn.
     */
    protected static Flux<?> rounds(
            Duration pause, Supplier<? extends Mono<?>> round, Consumer<Throwable> complain) {
        return Mono.<Object>defer(round)
                .onErrorResume(
                        failure -> {
                            complain.accept(failure);
                            return Mono.empty();
                        })
                .then(Mono.delay(pause))
                .repeat();
    }

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
