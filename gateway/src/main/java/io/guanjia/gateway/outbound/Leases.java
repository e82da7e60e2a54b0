package io.guanjia.gateway.outbound;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Takes what is due out of the queue, so that no two senders ever have the same delivery. */
final class Leases {

    /** Due, and next in its party's order. May be past its time: the sweep ends those. */
    private static final String READY =
            """
            d.state = 'queued' and d.not_before <= :now
            and not exists (
                select 1 from delivery e
                where e.party_id = d.party_id and e.state in ('queued', 'sending')
                    and (e.state = 'sending'
                        or (e.seq < d.seq and (e.lane < 2 or d.lane = 2)))
            )
            """;

    private static final String ALLOWANCE =
            """
            select 1 from reply_window w
            where w.party_id = d.party_id and w.expires_at > :now and w.used < w.messages
            """;

    /**
     * The front of a way's queue: a round costs the same however long the rest of it is. It must be
     * read along {@code delivery_way}. While a queue grows faster than PostgreSQL notices, any
     * other index looks just as good to it, and then it reads and sorts all of the queue; so no
     * other index fits what is asked for here. For the same reason it is used as an array, and with
     * {@code is true} where the state is looked at again.
     */
    private static final String FRONT =
            """
            select d.id from delivery d
            where d.channel = :channel and d.account = :account and d.api = :api and %s
            order by d.lane, d.seq
            limit 200
            """
                    .formatted(READY);

    /** Walks the ways along the index, however many deliveries each of them has. */
    private static final String DUE =
            """
            with recursive way(channel, account, api) as (
                (select channel, account, api from delivery where state = 'queued'
                    order by channel, account, api limit 1)
                union all
                select n.channel, n.account, n.api from way w cross join lateral (
                    select d.channel, d.account, d.api from delivery d
                    where d.state = 'queued'
                        and (d.channel, d.account, d.api) > (w.channel, w.account, w.api)
                    order by d.channel, d.account, d.api limit 1) n
            )
            select way.channel, way.account, way.api,
                (select count(*) from (select 1 from delivery d
                    where d.channel = way.channel and d.account = way.account
                        and d.api = way.api and %s
                    limit :cap) ready) as waiting,
                shut.circuits > 0 as shut, coalesce(shut.probe, false) as probe
            from way cross join lateral (
                select count(*) as circuits,
                    bool_and(k.until is null and k.probe_at <= :now) as probe
                from circuit k
                where k.channel = way.channel and k.account = way.account
                    and k.api in (way.api, '*') and (k.until is null or k.until > :now)) shut
            """
                    .formatted(READY);

    /** What was to go out when it was made is due already. */
    private static final String NEXT =
            """
            select min(not_before) as next from delivery
            where state = 'queued' and not_before > created_at and not_before > :now
            """;

    private static final String LEASE =
            """
            with chosen as materialized (
                select d.id, d.party_id, d.uses_window from delivery d
                where d.id = any(array(%s))
                    and (d.state = 'queued') is true
                    and d.not_before <= :now and d.expires_at > :now
                    and (not d.uses_window or not :limited or exists (%s))
                    and (:probe or not exists (%s))
                order by d.lane, d.seq
                limit :wanted
                for update of d skip locked
            ),
            allowance as materialized (
                select w.party_id, w.trigger from reply_window w
                where :limited and w.expires_at > :now
                    and w.party_id in (select party_id from chosen where uses_window)
                order by w.party_id, w.trigger
                for no key update
            ),
            reserved as (
                update reply_window w set used = w.used + 1
                from allowance a where a.party_id = w.party_id and a.trigger = w.trigger
            ),
            leased as (
                update delivery d
                set state = 'sending', lease = :lease, leased_at = :now, lease_until = :until,
                    answers = null, changed_at = :now
                from chosen where d.id = chosen.id
                returning d.*
            )
            select d.id, d.party, d.uses_window, d.attempts, m.content::text as content,
                m.author_kind, m.author_name
            from leased d join message m on m.id = d.message_id
            order by d.lane, d.seq
            """
                    .formatted(FRONT, ALLOWANCE, Circuits.shut("d"));

    /** What a try has taken from the windows and certainly did not use. Follows {@code changed}. */
    static final String RELEASE =
            """
            , released as (
                update reply_window w set used = greatest(w.used - 1, 0) from changed
                where changed.uses_window and w.party_id = changed.party_id
                    and w.recorded_at <= changed.leased_at and w.expires_at > changed.leased_at
            )
            """;

    private static final String GIVE_BACK =
            """
            with changed as (
                update delivery set state = 'queued', lease = null, lease_until = null
                where lease = :lease and state = 'sending' and (:every or id = :id)
                returning *
            )
            %s
            select count(*) from changed
            """
                    .formatted(RELEASE);

    /**
     * Nobody opens a window of these parties while we decide. Whoever is at it right now is left
     * alone: there is another round.
     */
    private static final String WITHOUT_ALLOWANCE =
            """
            select d.id from delivery d join party p on p.id = d.party_id
            where d.id = any(array(%s)) and d.expires_at > :now
                and (:every or (d.uses_window and not exists (%s)))
            for no key update of p skip locked
            """
                    .formatted(FRONT, ALLOWANCE);

    private static final String HOLD =
            Changes.statement(
                    "",
                    """
                    select d.id, d.message_id, m.conversation_id
                    from delivery d join message m on m.id = d.message_id
                    where d.id = any(:ids)
                    """,
                    "state = 'held', reason = :reason",
                    "d.state = 'queued' and (:every or not exists (%s))".formatted(ALLOWANCE),
                    Changes.Locked.SKIP,
                    "");

    private static final Retry UNTIL_WRITTEN =
            Retry.backoff(60, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(2));

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Changes changes;
    private final StoredContent stored;
    private final OutboundSettings settings;
    private final Clock clock;

    Leases(
            DatabaseClient database,
            TransactionalOperator transaction,
            Changes changes,
            StoredContent stored,
            OutboundSettings settings,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.changes = changes;
        this.stored = stored;
        this.settings = settings;
        this.clock = clock;
    }

    /** The ways with something ready to go. Reads only. */
    Flux<DueWay> due() {
        return database.sql(DUE)
                .bind("now", clock.instant())
                .bind("cap", settings.concurrencyPerApi())
                .map(
                        row ->
                                new DueWay(
                                        new Way(
                                                Columns.required(row, "channel", String.class),
                                                Columns.required(row, "account", String.class),
                                                Columns.required(row, "api", String.class)),
                                        Columns.required(row, "waiting", Integer.class),
                                        Columns.required(row, "shut", Boolean.class),
                                        Columns.required(row, "probe", Boolean.class)))
                .all()
                .filter(due -> due.waiting() > 0);
    }

    /** How long until the next delivery becomes due; empty where none waits for its time. */
    Mono<Duration> untilNext() {
        var now = clock.instant();
        return database.sql(NEXT)
                .bind("now", now)
                .mapValue(Instant.class)
                .one()
                .map(next -> Duration.between(now, next));
    }

    /**
     * Leases up to {@code wanted} deliveries, each reserving one message of its reply window in the
     * same statement.
     *
     * @param limited whether the account's reply windows count
     * @param probe whether to pass an open circuit
     */
    Mono<List<Leased>> lease(Way way, int wanted, boolean limited, boolean probe) {
        var lease = UUID.randomUUID();
        var now = clock.instant();
        return database.sql(LEASE)
                .bind("channel", way.channel())
                .bind("account", way.account())
                .bind("api", way.api())
                .bind("limited", limited)
                .bind("probe", probe)
                .bind("wanted", wanted)
                .bind("lease", lease)
                .bind("now", now)
                .bind("until", now.plus(settings.lease()))
                .map(row -> Leased.read(row, stored, way, lease, limited, probe))
                .all()
                .collectList()
                .onErrorResume(e -> undo(lease).then(Mono.error(e)));
    }

    /**
     * This try certainly did not begin: back into the queue, and the window gets its share back.
     */
    Mono<Void> giveBack(Leased leased) {
        return giveBack(leased.lease(), leased.id(), false);
    }

    /**
     * Puts aside what is due and has no allowance left, until the customer writes. Emits how many.
     *
     * @param every all that is due, because the account cannot push any more
     */
    Mono<Integer> hold(Way way, boolean every) {
        var now = clock.instant();
        return database.sql(WITHOUT_ALLOWANCE)
                .bind("channel", way.channel())
                .bind("account", way.account())
                .bind("api", way.api())
                .bind("every", every)
                .bind("now", now)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .filter(ids -> !ids.isEmpty())
                .flatMap(
                        ids ->
                                changes.apply(
                                        HOLD,
                                        sql ->
                                                sql.bind("ids", ids.toArray(UUID[]::new))
                                                        .bind("every", every)
                                                        .bind(
                                                                "reason",
                                                                every
                                                                        ? Reasons.NO_PUSH
                                                                        : Reasons.WINDOW)
                                                        .bind("now", now)))
                .as(transaction::transactional)
                .defaultIfEmpty(0);
    }

    /** The statement may have been carried out although we never heard of it. */
    private Mono<Void> undo(UUID lease) {
        return giveBack(lease, lease, true)
                .retryWhen(UNTIL_WRITTEN)
                .onErrorResume(e -> Mono.empty());
    }

    private Mono<Void> giveBack(UUID lease, UUID id, boolean every) {
        return database.sql(GIVE_BACK)
                .bind("lease", lease)
                .bind("id", id)
                .bind("every", every)
                .then();
    }
}
