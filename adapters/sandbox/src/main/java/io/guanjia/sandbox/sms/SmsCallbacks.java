package io.guanjia.sandbox.sms;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.fault.Shuffler;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Tells the account's server what happened: again and again if need be, and with faults. */
final class SmsCallbacks {

    private final SmsAccount account;
    private final Dialect dialect;
    private final CallbackPoster poster;
    private final List<Duration> pauses;
    private final Shuffler shuffler;

    SmsCallbacks(
            SmsAccount account,
            Dialect dialect,
            CallbackPoster poster,
            List<Duration> pauses,
            long seed) {
        this.account = account;
        this.dialect = dialect;
        this.poster = poster;
        this.pauses = pauses;
        this.shuffler = new Shuffler(seed);
    }

    /** Emits whether the first try was acknowledged; any further tries follow on their own. */
    Mono<Boolean> tell(String body) {
        var effects = account.faults().strike(Fault.CALLBACKS);
        if (effects.stream().anyMatch(Effect.Lose.class::isInstance)) {
            return Mono.just(false);
        }
        return Flux.fromIterable(effects)
                .concatMap(this::holdBack)
                .then(Mono.defer(() -> tellAll(body, effects)));
    }

    private Mono<Void> holdBack(Effect effect) {
        return switch (effect) {
            case Effect.Delay delay -> Mono.delay(delay.time()).then();
            case Effect.Reorder reorder -> shuffler.turn(reorder);
            default -> Mono.empty();
        };
    }

    private Mono<Boolean> tellAll(String body, List<Effect> effects) {
        var copies =
                Flux.fromIterable(effects)
                        .filter(Effect.Duplicate.class::isInstance)
                        .cast(Effect.Duplicate.class)
                        .flatMapIterable(this::addresses)
                        .flatMap(to -> attempt(to, body, 1));
        return Mono.zip(
                attempt(account.callback(), body, 1),
                copies.collectList(),
                (first, others) -> first);
    }

    /** Where the copies go. */
    private List<URI> addresses(Effect.Duplicate many) {
        var to = many.to().isEmpty() ? List.of(account.callback()) : many.to();
        return IntStream.range(0, many.copies())
                .mapToObj(copy -> to.get(copy % to.size()))
                .toList();
    }

    private Mono<Boolean> attempt(URI to, String body, int number) {
        return Mono.defer(
                () ->
                        poster.post(dialect.callback(account, to, body, account.now()), body)
                                .map(answer -> ended(to, body, number, answer)));
    }

    private boolean ended(URI to, String body, int number, CallbackPoster.Answer answer) {
        var acknowledged = dialect.acknowledges(answer.status(), answer.body());
        account.told(number, body, answer.status(), acknowledged);
        if (!acknowledged && number <= pauses.size()) {
            account.run(Mono.delay(pauses.get(number - 1)).then(attempt(to, body, number + 1)));
        }
        return acknowledged;
    }
}
