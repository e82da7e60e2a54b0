package io.guanjia.adapters.sms.cmpp;

import static java.util.Objects.requireNonNull;

import io.guanjia.cmpp.protocol.Pdu.Deliver;
import io.guanjia.cmpp.protocol.UserDataHeader.Part;
import io.guanjia.cmpp.protocol.Version;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The parts of long messages in PostgreSQL, where all nodes put them and find the others'.
 *
 * <p>A message grows until it is closed: by the part that completes it, by one that begins it anew,
 * or when it has waited too long. Nothing is added to a closed one, so whoever brings it to the
 * journal brings the same; who does not within {@link #LEASE} is taken for dead. What was brought
 * there is remembered without its words for as long as carriers repeat themselves.
 */
final class ArrivedParts {

    /** How many messages are taken up at once. */
    static final int MOST = 100;

    static final Duration LEASE = Duration.ofMinutes(1);

    /** Carriers give up after two days, some after three. */
    static final Duration MEMORY = Duration.ofDays(3);

    private static final String KEY =
            """
             account = :account and source = :source and destination = :destination
                and reference = :reference and total = :total\
            """;

    /** One phone's parts one after the other, whichever nodes they reach. */
    private static final String ALONE =
            "select pg_advisory_xact_lock(hashtextextended('cmpp ' || :account || ' ' || :source,"
                    + " 0))";

    /** A gateway that numbers nothing repeats nothing that we could recognise. */
    private static final String IS_KNOWN =
            "select exists (select from cmpp_part p join cmpp_long_message m on m.id = p.message"
                    + " where p.msg_id = :msgId and p.msg_id <> 0 and p.number = :number and"
                    + KEY
                    + ") as known";

    /** The phone has begun to count anew before the first message was complete. */
    private static final String BEGIN_ANEW =
            "update cmpp_long_message m set state = 'closed', due_at = :now where state = 'growing'"
                    + " and"
                    + KEY
                    + " and exists (select from cmpp_part p where p.message = m.id"
                    + " and p.number = :number and p.msg_id <> :msgId)";

    /** Changes nothing of one that is there, but holds on to it. */
    private static final String GROW =
            """
            insert into cmpp_long_message
                (id, account, source, destination, reference, total, state, due_at)
            values (:id, :account, :source, :destination, :reference, :total, 'growing', :due)
            on conflict (account, source, destination, reference, total) where state = 'growing'
            do update set total = excluded.total
            returning id
            """;

    private static final String ADD =
            """
            insert into cmpp_part (message, number, msg_id, raw) values (:id, :number, :msgId, :raw)
            on conflict (message, number) do nothing
            """;

    private static final String COMPLETE =
            """
            update cmpp_long_message set state = 'closed', due_at = :lease
            where id = :id and total = (select count(*) from cmpp_part where message = :id)
            returning id, account, total
            """;

    private static final String DUE =
            """
            update cmpp_long_message set state = 'closed', due_at = :lease
            where id in (
                select id from cmpp_long_message
                where state in ('growing', 'closed') and due_at <= :now
                order by due_at limit :most for update skip locked)
            returning id, account, total
            """;

    private static final String PARTS =
            "select number, raw from cmpp_part where message = :id and raw is not null";

    private static final String KEPT =
            """
            with kept as (
                update cmpp_long_message set state = 'kept', due_at = :now
                where id = :id and state = 'closed'
                returning id)
            update cmpp_part p set raw = null from kept where p.message = kept.id
            """;

    private static final String FORGET =
            """
            delete from cmpp_long_message where id in (
                select id from cmpp_long_message
                where state = 'kept' and due_at <= :before limit 1000)
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transactions;
    private final Clock clock;

    ArrivedParts(DatabaseClient database, TransactionalOperator transactions, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A part of a message to an account. */
    record Arrived(String account, Version version, Deliver deliver, Part part) {}

    /**
     * Completes when the part is durable, whether it came for the first time or again. Emits the
     * message that it makes whole, which is then the caller's to bring to the journal.
     *
     * @param patience how long a message waits for its parts after the first
     */
    Mono<LongMessage> add(Arrived arrived, Duration patience) {
        return Mono.defer(() -> add(arrived, clock.instant(), patience))
                .as(transactions::transactional);
    }

    private Mono<LongMessage> add(Arrived arrived, Instant now, Duration patience) {
        var key = new Key(arrived);
        return database.sql(ALONE)
                .bind("account", arrived.account())
                .bind("source", arrived.deliver().source())
                .then()
                .then(isKnown(key))
                .filter(known -> !known)
                .flatMap(
                        fresh ->
                                key.in(BEGIN_ANEW)
                                        .bind("number", arrived.part().number())
                                        .bind("msgId", arrived.deliver().msgId())
                                        .bind("now", now)
                                        .then()
                                        .then(grow(key, now.plus(patience))))
                .flatMap(id -> add(id, arrived).then(complete(id, now)));
    }

    private Mono<Boolean> isKnown(Key key) {
        return key.in(IS_KNOWN)
                .bind("number", key.arrived.part().number())
                .bind("msgId", key.arrived.deliver().msgId())
                .map(row -> Boolean.TRUE.equals(row.get("known", Boolean.class)))
                .one();
    }

    private Mono<UUID> grow(Key key, Instant due) {
        return key.in(GROW)
                .bind("id", UUID.randomUUID())
                .bind("due", due)
                .map(row -> requireNonNull(row.get("id", UUID.class)))
                .one();
    }

    private Mono<Void> add(UUID id, Arrived arrived) {
        return database.sql(ADD)
                .bind("id", id)
                .bind("number", arrived.part().number())
                .bind("msgId", arrived.deliver().msgId())
                .bind("raw", RawDeliver.text(arrived.deliver(), arrived.version()))
                .then();
    }

    private Mono<LongMessage> complete(UUID id, Instant now) {
        return database.sql(COMPLETE)
                .bind("id", id)
                .bind("lease", now.plus(LEASE))
                .map(Closed::of)
                .one()
                .flatMap(this::read);
    }

    /**
     * Messages that have waited too long for a part, or for whoever had them; they are then the
     * caller's. Those of all accounts, because one that is gone from the settings has some, too.
     */
    Mono<List<LongMessage>> due() {
        return Mono.defer(() -> due(clock.instant()));
    }

    private Mono<List<LongMessage>> due(Instant now) {
        return database.sql(DUE)
                .bind("now", now)
                .bind("lease", now.plus(LEASE))
                .bind("most", MOST)
                .map(Closed::of)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(this::read)
                .collectList();
    }

    /** Empty where another was quicker to bring it to the journal. */
    private Mono<LongMessage> read(Closed closed) {
        return database.sql(PARTS)
                .bind("id", closed.id())
                .map(ArrivedParts::part)
                .all()
                .collect(TreeMap<Integer, Deliver>::new, TreeMap::putAll)
                .filter(parts -> !parts.isEmpty())
                .map(
                        parts ->
                                new LongMessage(
                                        closed.id(), closed.account(), closed.total(), parts));
    }

    /** It is in the journal. */
    Mono<Void> kept(LongMessage message) {
        return Mono.defer(
                () ->
                        database.sql(KEPT)
                                .bind("id", message.id())
                                .bind("now", clock.instant())
                                .then());
    }

    /** Lets go of what no carrier repeats any more. */
    Mono<Void> forget() {
        return Mono.defer(
                () -> database.sql(FORGET).bind("before", clock.instant().minus(MEMORY)).then());
    }

    private static SortedMap<Integer, Deliver> part(Readable row) {
        var one = new TreeMap<Integer, Deliver>();
        one.put(
                requireNonNull(row.get("number", Integer.class)),
                RawDeliver.read(requireNonNull(row.get("raw", String.class))));
        return one;
    }

    private record Closed(UUID id, String account, int total) {
        static Closed of(Readable row) {
            return new Closed(
                    requireNonNull(row.get("id", UUID.class)),
                    requireNonNull(row.get("account", String.class)),
                    requireNonNull(row.get("total", Integer.class)));
        }
    }

    /** What the parts of one message have in common. */
    private final class Key {
        private final Arrived arrived;

        Key(Arrived arrived) {
            this.arrived = arrived;
        }

        GenericExecuteSpec in(String statement) {
            return database.sql(statement)
                    .bind("account", arrived.account())
                    .bind("source", arrived.deliver().source())
                    .bind("destination", arrived.deliver().destination())
                    .bind("reference", arrived.part().reference())
                    .bind("total", arrived.part().total());
        }
    }
}
