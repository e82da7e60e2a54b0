package io.guanjia.gateway.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.channel.Cursors;
import io.guanjia.gateway.channel.Cursors.Overtaken;
import io.guanjia.gateway.channel.Cursors.Stream;
import io.guanjia.gateway.channel.Cursors.Turn;
import io.guanjia.gateway.outbound.TestClock;
import io.guanjia.gateway.outbound.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

class PostgresCursorsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Of a node that may be dead: no test goes on for so long. */
    private static final Duration NO_BEAT = Duration.ofDays(1);

    private static @Nullable TestDatabase database;

    private final TestClock clock = new TestClock();
    private final Cursors here = new PostgresCursors(open().client, clock, NO_BEAT);
    private final Cursors there = new PostgresCursors(open().client, clock, NO_BEAT);
    private final Cursors alive = new PostgresCursors(open().client, clock, Duration.ofMillis(20));
    private final Stream stream = new Stream("wecom-kf", "main", UUID.randomUUID().toString());

    @BeforeAll
    static void begin() {
        database = new TestDatabase();
    }

    @AfterAll
    static void end() {
        open().close();
    }

    @Test
    void readsOnWhereTheLastTurnEnded() {
        var cursors = new ArrayList<String>();

        read(here, "t1", turn -> note(cursors, turn).then(turn.moveTo("c1")).then());
        read(there, "t2", turn -> note(cursors, turn).then(turn.moveTo("c2")).then());
        read(here, null, turn -> note(cursors, turn));

        assertThat(cursors).containsExactly("|t1", "c1|t2", "c2|null");
        assertThat(here.lastRead(stream).block(PATIENCE)).isEqualTo(clock.instant());
    }

    @Test
    void leavesItToWhoeverIsAtItAndHasThemLookOnceMore() {
        var gate = Sinks.<Boolean>one();
        var begun = Sinks.<Boolean>one();
        var hints = new ArrayList<@Nullable String>();
        var elsewhere = new AtomicInteger();
        var first =
                here.read(
                                stream,
                                "t1",
                                turn -> {
                                    hints.add(turn.hint());
                                    begun.tryEmitValue(true);
                                    return gate.asMono().then();
                                })
                        .cache();
        first.subscribe();
        begun.asMono().block(PATIENCE);

        read(there, "t2", turn -> Mono.fromRunnable(elsewhere::incrementAndGet));
        read(there, "t3", turn -> Mono.fromRunnable(elsewhere::incrementAndGet));
        gate.tryEmitValue(true);
        first.block(PATIENCE);

        assertThat(elsewhere).hasValue(0);
        assertThat(hints).containsExactly("t1", "t3");
    }

    @Test
    void refusesTheMoveOfAnOwnerThatWasOvertaken() {
        var stale = new AtomicReference<@Nullable Turn>();
        var begun = Sinks.<Boolean>one();
        var hangs =
                here.read(
                                stream,
                                null,
                                turn -> {
                                    stale.set(turn);
                                    begun.tryEmitValue(true);
                                    return Mono.never();
                                })
                        .subscribe();
        begun.asMono().block(PATIENCE);
        clock.advance(PostgresCursors.TURN.plusSeconds(1));

        read(there, null, turn -> turn.moveTo("new").then());

        var overtaken = stale.get();
        assertThat(overtaken).isNotNull();
        assertThatThrownBy(() -> overtaken.moveTo("old").block(PATIENCE))
                .isInstanceOf(Overtaken.class);
        var cursors = new ArrayList<String>();
        read(here, null, turn -> note(cursors, turn));
        assertThat(cursors).containsExactly("new|null");
        hangs.dispose();
    }

    @Test
    void movingTheCursorGivesMoreTime() {
        read(
                here,
                null,
                turn -> {
                    clock.advance(PostgresCursors.TURN.minusSeconds(1));
                    return turn.moveTo("c1")
                            .flatMap(
                                    moved -> {
                                        clock.advance(PostgresCursors.TURN.minusSeconds(1));
                                        var others = new AtomicInteger();
                                        return there.readUnlessWithin(
                                                        Duration.ZERO,
                                                        stream,
                                                        other ->
                                                                Mono.fromRunnable(
                                                                        others::incrementAndGet))
                                                .doOnSuccess(
                                                        done -> assertThat(others).hasValue(0));
                                    });
                });
    }

    @Test
    void aLiveNodeKeepsItsTurnAtAPageThatTakesLong() {
        var others = new AtomicInteger();
        var look =
                there.readUnlessWithin(
                        Duration.ZERO, stream, turn -> Mono.fromRunnable(others::incrementAndGet));

        read(
                alive,
                null,
                turn ->
                        Flux.range(0, 3)
                                .concatMap(
                                        i -> later(PostgresCursors.TURN.minusSeconds(1)).then(look))
                                .then(turn.moveTo("c1"))
                                .then());

        assertThat(others).hasValue(0);
        var cursors = new ArrayList<String>();
        read(there, null, turn -> note(cursors, turn));
        assertThat(cursors).containsExactly("c1|null");
    }

    @Test
    void readsAtTheNextLookWhatADeadNodeLeftInTheMiddle() {
        read(here, null, turn -> turn.moveTo("c1").then());
        var dead = stuck(here);
        var cursors = new ArrayList<String>();
        var look =
                there.readUnlessWithin(Duration.ofSeconds(30), stream, turn -> note(cursors, turn));

        clock.advance(PostgresCursors.TURN.minusSeconds(1));
        look.block(PATIENCE);
        assertThat(cursors).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        look.block(PATIENCE);
        assertThat(cursors).containsExactly("c1|stuck");
        dead.dispose();
    }

    @Test
    void takesAPageFromALiveNodeThatIsAtItForEver() {
        var hangs = stuck(alive);
        var reads = new AtomicInteger();

        Mono.fromRunnable(() -> clock.advance(PostgresCursors.TURN))
                // By then it has renewed its turn, as long as it does.
                .then(Mono.delay(Duration.ofMillis(200)))
                .then(
                        there.readUnlessWithin(
                                Duration.ZERO,
                                stream,
                                turn -> Mono.fromRunnable(reads::incrementAndGet)))
                .then(Mono.fromSupplier(reads::get))
                .filter(times -> times > 0)
                .repeatWhenEmpty(tries -> tries.delayElements(Duration.ofMillis(20)))
                .block(PATIENCE);

        hangs.dispose();
    }

    @Test
    void stopsAReaderThatWasOvertaken() {
        assertThatThrownBy(() -> read(alive, null, turn -> overtaken().then(Mono.never())))
                .isInstanceOf(Overtaken.class);
    }

    @Test
    void letsTheNextOneInAfterAFailure() {
        assertThatThrownBy(
                        () ->
                                read(
                                        here,
                                        null,
                                        turn ->
                                                turn.moveTo("c1")
                                                        .then(
                                                                Mono.error(
                                                                        new IllegalStateException(
                                                                                "away")))))
                .hasMessage("away");

        var cursors = new ArrayList<String>();
        read(there, null, turn -> note(cursors, turn));
        assertThat(cursors).containsExactly("c1|null");
    }

    @Test
    void letsTheNextOneInWhenAReaderIsStopped() {
        var begun = Sinks.<Boolean>one();
        var stopped =
                here.read(
                                stream,
                                null,
                                turn -> {
                                    begun.tryEmitValue(true);
                                    return Mono.never();
                                })
                        .subscribe();
        begun.asMono().block(PATIENCE);
        stopped.dispose();

        var reads = new AtomicInteger();
        Mono.defer(
                        () ->
                                there.read(
                                        stream,
                                        null,
                                        turn -> Mono.fromRunnable(reads::incrementAndGet)))
                .then(Mono.fromSupplier(reads::get))
                .filter(times -> times > 0)
                .repeatWhenEmpty(tries -> tries.delayElements(Duration.ofMillis(20)))
                .block(PATIENCE);
    }

    @Test
    void doesNotLookAgainWhatWasJustRead() {
        var reads = new AtomicInteger();
        Cursors.Reading counted = turn -> Mono.fromRunnable(reads::incrementAndGet);

        here.readUnlessWithin(Duration.ofSeconds(30), stream, counted).block(PATIENCE);
        assertThat(reads).hasValue(1);

        clock.advance(Duration.ofSeconds(29));
        there.readUnlessWithin(Duration.ofSeconds(30), stream, counted).block(PATIENCE);
        assertThat(reads).hasValue(1);

        clock.advance(Duration.ofSeconds(1));
        there.readUnlessWithin(Duration.ofSeconds(30), stream, counted).block(PATIENCE);
        assertThat(reads).hasValue(2);
    }

    @Test
    void missesNobodysWordHoweverManyAskAtOnce() {
        var written = new AtomicInteger();
        var read = new AtomicInteger();

        Flux.range(0, 60)
                .flatMap(
                        i -> {
                            written.incrementAndGet();
                            return (i % 2 == 0 ? here : there)
                                    .read(
                                            stream,
                                            null,
                                            turn ->
                                                    Mono.fromRunnable(
                                                            () -> read.set(written.get())));
                        },
                        8)
                .then()
                .block(PATIENCE);

        assertThat(read).hasValue(60);
    }

    /** Begins to read and gets no further. */
    private Disposable stuck(Cursors node) {
        var begun = Sinks.<Boolean>one();
        var stuck =
                node.read(
                                stream,
                                "stuck",
                                turn -> {
                                    begun.tryEmitValue(true);
                                    return Mono.never();
                                })
                        .subscribe();
        begun.asMono().block(PATIENCE);
        return stuck;
    }

    /** Emits once the turn has been renewed after that time. */
    private Mono<Boolean> later(Duration time) {
        return Mono.defer(
                () -> {
                    clock.advance(time);
                    return open().client
                            .sql(
                                    "select true from channel_cursor where stream = :stream and"
                                            + " held_until = :until")
                            .bind("stream", stream.name())
                            .bind("until", clock.instant().plus(PostgresCursors.TURN))
                            .map(row -> true)
                            .one()
                            .repeatWhenEmpty(tries -> tries.delayElements(Duration.ofMillis(10)));
                });
    }

    private Mono<Void> overtaken() {
        return open().client
                .sql("update channel_cursor set fence = fence + 1 where stream = :stream")
                .bind("stream", stream.name())
                .then();
    }

    private void read(Cursors node, @Nullable String hint, Cursors.Reading reading) {
        node.read(stream, hint, reading).block(PATIENCE);
    }

    private static Mono<Void> note(List<String> cursors, Turn turn) {
        return Mono.fromRunnable(() -> cursors.add(turn.cursor() + "|" + turn.hint()));
    }

    private static TestDatabase open() {
        if (database == null) {
            throw new IllegalStateException("not begun");
        }
        return database;
    }
}
