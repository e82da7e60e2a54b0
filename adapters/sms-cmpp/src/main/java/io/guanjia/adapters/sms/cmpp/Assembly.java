package io.guanjia.adapters.sms.cmpp;

import io.guanjia.adapters.sms.cmpp.ArrivedParts.Arrived;
import io.guanjia.cmpp.protocol.Pdu.Deliver;
import io.guanjia.cmpp.protocol.UserDataHeader.Part;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Puts long messages together, whichever nodes their parts reach, and brings them to the journal.
 * The carrier hears of a part when it is stored, and of the one that makes a message whole when
 * that is in the journal: while the journal takes nothing, no messages pile up here.
 *
 * <p>A message whose parts do not all come goes on with those it has.
 */
final class Assembly implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Assembly.class);

    /** Each takes a connection to the database while it works. */
    private static final int LANES = 4;

    /** A database that does not answer is asked again. */
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private final CmppAccount account;
    private final ArrivedParts arrived;
    private final DeliverReader reader;
    private final DurableIntake intake;
    private final Lanes<Waiting> lanes = new Lanes<>(LANES, 1, this::store);
    private volatile Disposable looking = () -> {};

    Assembly(
            CmppAccount account, ArrivedParts arrived, DeliverReader reader, DurableIntake intake) {
        this.account = account;
        this.arrived = arrived;
        this.reader = reader;
        this.intake = intake;
    }

    private record Waiting(Arrived arrived, Runnable weHaveIt) {}

    /** Looks after what no part completes, until {@link #close}. */
    void open() {
        var often = account.assembleWithin().dividedBy(4);
        var pause = often.compareTo(LONGEST_LOOK) < 0 ? often : LONGEST_LOOK;
        looking =
                Mono.defer(this::takeWhatIsDue)
                        .doOnError(
                                error ->
                                        log.warn(
                                                "Parts of long messages cannot be looked after at"
                                                        + " present ({})",
                                                error.getClass().getSimpleName()))
                        .onErrorComplete()
                        .repeatWhen(done -> done.delayElements(pause))
                        .subscribe();
    }

    /** Takes a part. */
    void add(Deliver deliver, Part part, Runnable weHaveIt) {
        lanes.add(
                deliver.source(),
                new Waiting(
                        new Arrived(account.name(), account.protocol(), deliver, part), weHaveIt));
    }

    private Mono<Void> store(List<Waiting> one) {
        return Flux.fromIterable(one).concatMap(this::store).then();
    }

    private Mono<Void> store(Waiting waiting) {
        return arrived.add(waiting.arrived(), account.assembleWithin())
                .timeout(WITHIN)
                .singleOptional()
                .flatMap(whole -> Mono.fromRunnable(() -> stored(whole, waiting.weHaveIt())));
    }

    private void stored(Optional<LongMessage> whole, Runnable weHaveIt) {
        whole.ifPresentOrElse(message -> take(message, weHaveIt), weHaveIt);
    }

    private void take(LongMessage message, Runnable weHaveIt) {
        intake.take(
                reader.message(message),
                () -> {
                    weHaveIt.run();
                    kept(message).subscribe();
                });
    }

    /** Goes on when all of it is in the journal, so that no more is taken up meanwhile. */
    private Mono<Void> takeWhatIsDue() {
        return arrived.due()
                .timeout(WITHIN)
                .flatMap(messages -> taken(messages).thenReturn(messages.size()))
                .repeat()
                .takeUntil(count -> count < ArrivedParts.MOST)
                .then(arrived.forget().timeout(WITHIN));
    }

    private Mono<Void> taken(List<LongMessage> messages) {
        return Flux.fromIterable(messages)
                .flatMap(
                        message ->
                                Mono.<LongMessage>create(
                                        durable ->
                                                intake.take(
                                                        reader.message(message),
                                                        () -> durable.success(message))),
                        ArrivedParts.MOST)
                .concatMap(this::kept)
                .then();
    }

    /** One that this cannot be said of comes once more, as the same, and is recognised. */
    private Mono<Void> kept(LongMessage message) {
        return arrived.kept(message).timeout(WITHIN).onErrorComplete();
    }

    @Override
    public void close() {
        looking.dispose();
        lanes.close();
    }
}
