package io.guanjia.adapters.wecom.kf;

import io.guanjia.adapters.wecom.CorpError;
import io.guanjia.adapters.wecom.CorpRefusal;
import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.channel.Cursors.Overtaken;
import io.guanjia.gateway.channel.DeliveryException.Throttled;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;
import reactor.core.scheduler.Schedulers;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Fetches what customers wrote: when a callback says so, at the start, and every now and then, for
 * a callback may be lost. Accounts do not wait for each other.
 */
final class KfSync extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(KfSync.class);

    private static final Duration LONGEST_TICK = Duration.ofSeconds(5);

    /** More accounts than anybody has. */
    private static final int SIDE_BY_SIDE = 1024;

    private final Supplier<Collection<KfDesk>> desks;
    private final Sinks.Many<KfDesk> bell = Sinks.many().multicast().directBestEffort();

    KfSync(Supplier<Collection<KfDesk>> desks) {
        this.desks = desks;
    }

    /**
     * There is something new. Returns at once; when nobody works at present, the next start finds
     * it.
     */
    void ring(KfDesk desk, String token) {
        if (desk.wanted(token)) {
            bell.emitNext(desk, EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
        }
    }

    @Override
    protected Flux<?> work() {
        return Flux.defer(
                () -> {
                    desks.get().forEach(KfDesk::nothingWanted);
                    return Flux.merge(
                            bell.asFlux()
                                    // The bell is rung by who answers callbacks.
                                    .publishOn(Schedulers.parallel())
                                    .flatMap(this::answer, SIDE_BY_SIDE),
                            ticks().flatMapIterable(tick -> desks.get())
                                    .flatMap(this::lookAgain, SIDE_BY_SIDE));
                });
    }

    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 4096;
    }

    private Flux<Long> ticks() {
        return Mono.defer(() -> Mono.delay(tick())).repeat().startWith(0L).onBackpressureDrop();
    }

    private Duration tick() {
        return desks.get().stream()
                .map(desk -> desk.settings().syncEvery())
                .reduce(LONGEST_TICK, (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    /** Until nobody has rung in the meantime. */
    private Mono<Void> answer(KfDesk desk) {
        return Mono.defer(
                () -> {
                    var seen = new AtomicInteger();
                    return Mono.defer(
                                    () -> {
                                        seen.set(desk.timesWanted());
                                        return calmly(desk, desk.read());
                                    })
                            .repeat(() -> !desk.served(seen.get()))
                            .then();
                });
    }

    private Mono<Void> lookAgain(KfDesk desk) {
        return desk.looking(calmly(desk, desk.lookAgain()));
    }

    /** A failure costs time and no message: the cursor has not moved. */
    private Mono<Void> calmly(KfDesk desk, Mono<Void> reading) {
        return reading.onErrorResume(
                error -> {
                    if (isTooFast(error)) {
                        desk.rest();
                    }
                    if (!(error instanceof Overtaken)) {
                        log.warn(
                                "Messages of {}/{} could not be fetched: {}",
                                WecomKfChannel.NAME,
                                desk.settings().name(),
                                error.toString());
                    }
                    return Mono.empty();
                });
    }

    private static boolean isTooFast(Throwable error) {
        return error instanceof Throttled
                || (error instanceof CorpRefusal refusal && refusal.error() == CorpError.TOO_FAST);
    }
}
