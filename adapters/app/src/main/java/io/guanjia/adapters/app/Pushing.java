package io.guanjia.adapters.app;

import io.guanjia.adapters.app.PushCounts.Outcome;
import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.Errands;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Throttled;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;

/**
 * Makes the pushes that are due, again after 5 s, 10 s … 5 min where the service does not take one,
 * until it does, the customer is connected, or a push is of no use any more. Accounts do not wait
 * for each other.
 */
final class Pushing extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(Pushing.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 6;

    /** Of one account, on one node. */
    private static final int SIDE_BY_SIDE = 16;

    private final AppChannel channel;
    private final Pushes pushes;
    private final Presence presence;
    private final PushCounts counts;
    private final Clock clock;
    private final Errands<String, Pushes.Due> errands;

    Pushing(AppChannel channel, Pushes pushes, Presence presence, PushCounts counts, Clock clock) {
        this.channel = channel;
        this.pushes = pushes;
        this.presence = presence;
        this.counts = counts;
        this.clock = clock;
        this.errands =
                new Errands<>(
                        SIDE_BY_SIDE,
                        LOOK_EVERY,
                        pushes,
                        this::see,
                        failure -> log.warn("Pushes could not be seen to: {}", failure.toString()));
    }

    /** Sees to what is due. */
    Mono<Void> round() {
        return errands.round();
    }

    @Override
    protected Flux<?> work() {
        return errands.work();
    }

    private Mono<Void> inTime(Site site, Pushes.Due due) {
        return clock.instant().isBefore(due.giveUpAt())
                ? tell(site, due)
                : givenUp(due.push().customer().account(), due, "too late to be of use");
    }

    private Mono<Void> see(Pushes.Due due) {
        var push = due.push();
        return Mono.justOrEmpty(channel.site(push.customer().account()))
                .filter(Site::pushes)
                .filterWhen(_ -> presence.here(push.customer()).map(here -> !here))
                .flatMap(site -> inTime(site, due).thenReturn(true))
                // Whoever is connected has it on their screen.
                .switchIfEmpty(pushes.done(push.delivery()).thenReturn(true))
                .then()
                .onErrorResume(
                        failure -> {
                            log.warn("A push was left for later: {}", failure.toString());
                            return Mono.empty();
                        });
    }

    private Mono<Void> tell(Site site, Pushes.Due due) {
        var account = site.settings().name();
        return site.push(due.push())
                .then(Mono.fromRunnable(() -> counts.count(account, Outcome.MADE)))
                .then(Mono.defer(() -> pushes.done(due.push().delivery())))
                .onErrorResume(DeliveryException.class, failure -> failed(account, due, failure));
    }

    private Mono<Void> failed(String account, Pushes.Due due, DeliveryException failure) {
        counts.count(account, Outcome.FAILED);
        var next = clock.instant().plus(pause(due, failure));
        if (next.isBefore(due.giveUpAt())) {
            return pushes.again(due.push().delivery(), next);
        }
        return givenUp(account, due, failure.reason());
    }

    private Mono<Void> givenUp(String account, Pushes.Due due, String why) {
        counts.count(account, Outcome.GIVEN_UP);
        log.warn(
                "A push of app account {} was given up at try {}: {}",
                account,
                due.attempts(),
                why);
        return pushes.done(due.push().delivery());
    }

    private static Duration pause(Pushes.Due due, DeliveryException failure) {
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(due.attempts() - 1, DOUBLINGS));
        var pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return failure instanceof Throttled busy && busy.retryAfter().compareTo(pause) > 0
                ? busy.retryAfter()
                : pause;
    }
}
