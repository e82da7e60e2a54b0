package io.guanjia.gateway.cursor;

import io.guanjia.gateway.channel.Cursors;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * One row for each stream. A turn is a fencing token and a time at which it ends by itself; what
 * decides is the token, so clocks that differ between nodes cost a page read twice, never a page
 * lost.
 *
 * <p>Whoever reads puts that time off again and again, so that it can be short: a node that dies
 * leaves a stream to the others while what its customers wait for is still of use.
 *
 * <p>Nobody's word is missed: whoever asks is counted, and a turn ends only in the moment in which
 * the count is still the one it knows.
 */
public final class PostgresCursors implements Cursors {

    /** Half as long as a welcome code is good: somebody else can still use it. */
    static final Duration TURN = Duration.ofSeconds(10);

    /** Longer than a page takes to fetch and to be made durable; then a turn is not renewed. */
    static final Duration PAGE = Duration.ofSeconds(50);

    /** How often a turn is renewed: one may fail, and it is not over. */
    private static final Duration BEAT = TURN.dividedBy(3);

    /** Without news, too, where a turn has ended by itself: whoever had it left in the middle. */
    private static final String ASK =
            """
            insert into channel_cursor as c
                (channel, account, stream, begun_at, asked, hint, holder, held_until, fence)
            values (:channel, :account, :stream, :now, 1, :hint, :me, :until, 1)
            on conflict (channel, account, stream) do update set
                asked = c.asked + 1,
                hint = coalesce(excluded.hint, c.hint),
                holder = case when c.held_until > :now then c.holder else excluded.holder end,
                held_until = case when c.held_until > :now
                    then c.held_until else excluded.held_until end,
                fence = case when c.held_until > :now then c.fence else c.fence + 1 end
            where :news
                or case when c.held_until is null then coalesce(c.read_at <= :old, true)
                    else c.held_until <= :now end
            returning c.cursor, c.begun_at, c.asked, c.hint, c.fence, c.holder = :me as mine
            """;

    private static final String MINE =
            """
            where channel = :channel and account = :account and stream = :stream
                and fence = :fence
            """;

    private static final String MOVE =
            "update channel_cursor set cursor = :cursor, held_until = :until " + MINE;

    /** A turn that was ended in the meantime stays so. */
    private static final String RENEW =
            "update channel_cursor set held_until = :until "
                    + MINE
                    + "and held_until is not null returning cursor";

    private static final String SETTLE =
            """
            update channel_cursor set
                read_at = :now,
                hint = case when asked = :asked then null else hint end,
                held_until = case when asked = :asked then null else :until end
            """
                    + MINE
                    + "returning cursor, begun_at, asked, hint, fence, held_until is not null as"
                    + " mine";

    private static final String LET_GO = "update channel_cursor set held_until = null " + MINE;

    private static final String LAST_READ =
            """
            select read_at from channel_cursor
            where channel = :channel and account = :account and stream = :stream
                and read_at is not null
            """;

    private final DatabaseClient database;
    private final Clock clock;
    private final Duration beat;

    PostgresCursors(DatabaseClient database, Clock clock) {
        this(database, clock, BEAT);
    }

    PostgresCursors(DatabaseClient database, Clock clock, Duration beat) {
        this.database = database;
        this.clock = clock;
        this.beat = beat;
    }

    @Override
    public Mono<Void> read(Stream stream, @Nullable String hint, Reading reading) {
        return inTurn(ask(stream, hint, true, Duration.ZERO), reading);
    }

    @Override
    public Mono<Void> readUnlessWithin(Duration age, Stream stream, Reading reading) {
        return inTurn(ask(stream, null, false, age), reading);
    }

    @Override
    public Mono<Instant> lastRead(Stream stream) {
        return named(LAST_READ, stream)
                .map(row -> Objects.requireNonNull(row.get("read_at", Instant.class)))
                .one();
    }

    private Mono<Void> inTurn(Mono<Held> asked, Reading reading) {
        return Mono.usingWhen(
                asked,
                held -> readOn(held, reading),
                held -> Mono.empty(),
                (held, error) -> letGo(held),
                this::letGo);
    }

    /** Until nobody has asked in the meantime. */
    private Mono<Void> readOn(Held first, Reading reading) {
        return Mono.just(first)
                .expand(
                        held ->
                                Mono.firstWithSignal(reading.readOn(held), renewals(held))
                                        .then(Mono.defer(() -> settle(held))))
                .then();
    }

    /** Where a reader is, and since when. */
    private record Page(String cursor, Instant since) {

        Page at(String now, Instant time) {
            return now.equals(cursor) ? this : new Page(now, time);
        }
    }

    /**
     * Never completes; fails with {@link Overtaken}. Whoever is at one page for ever is left to be
     * overtaken, or nobody could read on.
     */
    private Mono<Void> renewals(Held held) {
        return Flux.defer(
                        () ->
                                Flux.interval(beat)
                                        .onBackpressureDrop()
                                        .concatMap(tick -> renew(held))
                                        .scan(
                                                new Page(held.cursor, clock.instant()),
                                                (page, cursor) -> page.at(cursor, clock.instant()))
                                        .takeUntil(this::isTooLong))
                .then(Mono.never());
    }

    private boolean isTooLong(Page page) {
        return !clock.instant().isBefore(page.since.plus(PAGE));
    }

    /** Emits where the stream is. A database that is away is noticed when the cursor moves. */
    private Mono<String> renew(Held held) {
        return Mono.defer(
                        () ->
                                mine(RENEW, held)
                                        .bind("until", clock.instant().plus(TURN))
                                        .map(row -> required(row, "cursor", String.class))
                                        .one())
                .switchIfEmpty(Mono.error(Overtaken::new))
                .onErrorResume(error -> !(error instanceof Overtaken), error -> Mono.empty());
    }

    private Mono<Held> ask(Stream stream, @Nullable String hint, boolean news, Duration age) {
        return Mono.defer(
                () -> {
                    var now = clock.instant();
                    var sql =
                            named(ASK, stream)
                                    .bind("me", UUID.randomUUID())
                                    .bind("now", now)
                                    .bind("until", now.plus(TURN))
                                    .bind("old", now.minus(age))
                                    .bind("news", news);
                    return turn(
                            hint == null
                                    ? sql.bindNull("hint", String.class)
                                    : sql.bind("hint", hint),
                            stream);
                });
    }

    private Mono<Held> settle(Held held) {
        return Mono.defer(
                () ->
                        turn(
                                mine(SETTLE, held)
                                        .bind("asked", held.asked)
                                        .bind("now", clock.instant())
                                        .bind("until", clock.instant().plus(TURN)),
                                held.stream));
    }

    private Mono<Void> letGo(Held held) {
        return mine(LET_GO, held).then();
    }

    private Mono<Turn> move(Held held, String cursor) {
        return Mono.defer(
                () ->
                        mine(MOVE, held)
                                .bind("cursor", cursor)
                                .bind("until", clock.instant().plus(TURN))
                                .fetch()
                                .rowsUpdated()
                                .flatMap(
                                        rows ->
                                                rows == 0
                                                        ? Mono.error(new Overtaken())
                                                        : Mono.just(held.at(cursor))));
    }

    private GenericExecuteSpec named(String statement, Stream stream) {
        return database.sql(statement)
                .bind("channel", stream.channel())
                .bind("account", stream.account())
                .bind("stream", stream.name());
    }

    private GenericExecuteSpec mine(String statement, Held held) {
        return named(statement, held.stream).bind("fence", held.fence);
    }

    /** Empty where it is another's. */
    private Mono<Held> turn(GenericExecuteSpec sql, Stream stream) {
        return sql.map(
                        row ->
                                required(row, "mine", Boolean.class)
                                        ? Optional.of(held(row, stream))
                                        : Optional.<Held>empty())
                .one()
                .flatMap(held -> Mono.justOrEmpty(held));
    }

    private Held held(Readable row, Stream stream) {
        return new Held(
                this,
                stream,
                required(row, "cursor", String.class),
                required(row, "begun_at", Instant.class),
                row.get("hint", String.class),
                required(row, "asked", Long.class),
                required(row, "fence", Long.class));
    }

    private static <T> T required(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }

    /** Our turn, as far as we know. */
    private record Held(
            PostgresCursors cursors,
            Stream stream,
            String cursor,
            Instant begun,
            @Nullable String hint,
            long asked,
            long fence)
            implements Turn {

        @Override
        public Mono<Turn> moveTo(String next) {
            return cursors.move(this, next);
        }

        Held at(String next) {
            return new Held(cursors, stream, next, begun, hint, asked, fence);
        }

        /** Leaves out the hint: it may be a token. */
        @Override
        public String toString() {
            return "Held[" + stream + ", fence=" + fence + "]";
        }
    }
}
