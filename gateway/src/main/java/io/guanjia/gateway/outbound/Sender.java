package io.guanjia.gateway.outbound;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import io.guanjia.gateway.Pulse;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.OutboundMessage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Gets out what is due, until it is stopped. One on every node; they share the work by leases.
 *
 * <p>Looks again at once after a {@link Outbox#kick}, after a short while where there was something
 * to do, and ever more rarely where there was not. Stopping takes no new deliveries and waits for
 * those on their way.
 */
public final class Sender implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Sender.class);

    /** A database that is away for longer costs an outcome, which then counts as unknown. */
    private static final Retry UNTIL_WRITTEN =
            Retry.backoff(100, Duration.ofMillis(50)).maxBackoff(Duration.ofSeconds(2));

    /** A fault of ours is no reason to send nothing from this node until it is started anew. */
    private static final Retry GO_ON =
            Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                    .maxBackoff(Duration.ofSeconds(2))
                    .transientErrors(true)
                    .doBeforeRetry(again -> log.error("A round broke, going on", again.failure()));

    /** {@link Outgoing} begins no more. */
    private static final int WORKERS_OF_BOTH_KINDS = 2;

    private static final Duration AFTER_A_FAULT = Duration.ofMillis(200);

    private final Round round;
    private final Leases leases;
    private final Outcomes outcomes;
    private final Receipts receipts;
    private final Circuits circuits;
    private final Channels channels;
    private final Outgoing outgoing;
    private final Pulse pulse;
    private final OutboundMetrics metrics;
    private final OutboundSettings settings;

    private volatile boolean running;
    private Sinks.Empty<Void> idle = Sinks.empty();

    Sender(
            Round round,
            Leases leases,
            Outcomes outcomes,
            Receipts receipts,
            Circuits circuits,
            Channels channels,
            Outgoing outgoing,
            Pulse pulse,
            OutboundMetrics metrics,
            OutboundSettings settings) {
        this.round = round;
        this.leases = leases;
        this.outcomes = outcomes;
        this.receipts = receipts;
        this.circuits = circuits;
        this.channels = channels;
        this.outgoing = outgoing;
        this.pulse = pulse;
        this.metrics = metrics;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        var finished = Sinks.<Void>empty();
        idle = finished;
        rounds(new Rhythm(settings))
                .flatMap(this::work, WORKERS_OF_BOTH_KINDS * settings.concurrency(), 1)
                // The next message may go while we still write down that this one was taken.
                .flatMap(writing -> writing, settings.concurrency())
                .then()
                .doOnError(e -> log.error("The sender broke", e))
                .subscribe(nothing -> {}, e -> finished.tryEmitEmpty(), finished::tryEmitEmpty);
    }

    /** Finishes what is on its way, then calls back. */
    @Override
    public synchronized void stop(Runnable callback) {
        running = false;
        pulse.kick();
        idle.asMono()
                .timeout(settings.callTimeout().plusSeconds(5), Mono.empty())
                .subscribe(nothing -> {}, e -> callback.run(), callback);
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before callbacks come in, and stops after they have ceased. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 4096;
    }

    /**
     * Looks, again and again, and emits a way for each worker that is to begin. Goes on after a
     * failure by itself, so that workers are not cancelled along with it.
     */
    private Flux<Way> rounds(Rhythm rhythm) {
        return Flux.defer(
                        () -> {
                            if (!running) {
                                return Flux.<Way>empty();
                            }
                            var kicked = pulse.listen();
                            return look().flatMapMany(
                                            found ->
                                                    Flux.fromIterable(outgoing.begin())
                                                            .concatWith(
                                                                    Pulse.await(
                                                                                    kicked,
                                                                                    Rhythm.LEAST,
                                                                                    rhythm.pause(
                                                                                            found))
                                                                            .then(Mono.empty())));
                        })
                .repeat(() -> running)
                .retryWhen(GO_ON);
    }

    private Mono<Round.Found> look() {
        return round.look()
                .onErrorResume(
                        e -> {
                            log.warn(
                                    "Could not look for what is due: {}",
                                    getMostSpecificCause(e).toString());
                            return Mono.just(Round.Found.nothingFor(settings.pollSlowest()));
                        });
    }

    /**
     * Sends what there is to send this way, one after the other. Emits what is to be written. A
     * message that breaks us is left to its lease, and the worker goes on with the next.
     */
    private Flux<Mono<Void>> work(Way way) {
        return Mono.defer(() -> Mono.justOrEmpty(outgoing.next(way)))
                .flatMap(
                        leased ->
                                trySending(leased)
                                        .map(
                                                accepted ->
                                                        written(
                                                                leased,
                                                                accepted(leased, accepted))))
                .onErrorResume(
                        e -> {
                            log.error(
                                    "A worker broke with {} at {}, going on",
                                    e.getClass().getName(),
                                    place(e));
                            return Mono.delay(AFTER_A_FAULT).then(Mono.empty());
                        })
                .repeat(() -> outgoing.goesOn(way));
    }

    /** Emits what the platform took; empty where it did not, and that is written down. */
    private Mono<Accepted> trySending(Leased leased) {
        // What a last look has leased while we stop is for another node, or for the next start.
        if (!running || circuits.stoppedHere(leased.way())) {
            return written(leased, leases.giveBack(leased)).then(Mono.empty());
        }
        var content = leased.content();
        return content == null
                ? written(leased, outcomes.refused(leased, Reasons.UNREADABLE)).then(Mono.empty())
                : call(leased, content);
    }

    private Mono<Accepted> call(Leased leased, Content content) {
        return leases.call(leased)
                // We know that we have not called, whatever the database makes of it.
                .onErrorReturn(false)
                .flatMap(
                        may ->
                                may
                                        ? deliver(leased, content)
                                        : written(leased, leases.giveBack(leased))
                                                .then(Mono.empty()));
    }

    private Mono<Accepted> deliver(Leased leased, Content content) {
        var message =
                new OutboundMessage(leased.id().toString(), leased.to(), leased.author(), content);
        var clock = metrics.start();
        return Mono.defer(() -> channels.require(leased.way().channel()).deliver(message))
                .timeout(settings.callTimeout())
                .switchIfEmpty(Mono.error(Sender::noAnswer))
                .map(
                        accepted -> {
                            outgoing.trust(leased.way());
                            metrics.sent(leased.way(), null, clock);
                            return accepted;
                        })
                .onErrorResume(
                        e -> {
                            var failure = asFailure(leased, e);
                            heed(leased.way(), failure);
                            flag(leased, failure);
                            metrics.sent(leased.way(), failure, clock);
                            return written(leased, outcomes.failed(leased, failure))
                                    .then(Mono.empty());
                        });
    }

    /** Whether the platform wants less of us. Of a way that gave no answer nothing is known. */
    private void heed(Way way, DeliveryException failure) {
        switch (failure) {
            case Throttled throttled when !throttled.isAlone() -> outgoing.beCareful(way);
            case Unavailable _, OutcomeUnknown _ -> {}
            default -> outgoing.trust(way);
        }
    }

    /** Somebody has to look at what a platform finds unsafe, whoever wrote it. */
    private static void flag(Leased leased, DeliveryException failure) {
        if (failure instanceof Refused refused && refused.isUnsafe()) {
            log.warn(
                    "The platform finds delivery {} by {} unsafe: {}",
                    leased.id(),
                    leased.way(),
                    refused.reason());
        }
    }

    private Mono<Void> accepted(Leased leased, Accepted accepted) {
        return outcomes.accepted(leased, accepted)
                .then(
                        accepted.platformId().isEmpty()
                                ? Mono.empty()
                                : receipts.settle(leased.way(), accepted.platformId()));
    }

    private Mono<Void> written(Leased leased, Mono<Void> write) {
        return write.retryWhen(UNTIL_WRITTEN)
                .onErrorResume(
                        e -> {
                            log.error(
                                    "Could not write what came of {}: {}",
                                    leased,
                                    getMostSpecificCause(e).toString());
                            return Mono.empty();
                        });
    }

    private static DeliveryException noAnswer() {
        return new OutcomeUnknown(Reasons.NO_ANSWER);
    }

    /**
     * What a channel should not throw: the message may be out, and its text may be in the error.
     */
    private static DeliveryException asFailure(Leased leased, Throwable e) {
        if (e instanceof DeliveryException known) {
            return known;
        }
        if (e instanceof TimeoutException) {
            return noAnswer();
        }
        log.error("{} broke with {} at {}", leased, e.getClass().getName(), place(e));
        return new OutcomeUnknown(Reasons.BROKEN);
    }

    private static List<StackTraceElement> place(Throwable e) {
        return Arrays.stream(e.getStackTrace()).limit(5).toList();
    }
}
