package io.guanjia.gateway.outbound;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Looks at the queue for what may go, and takes nothing out of it. */
final class DueDeliveries {

    /**
     * Due, and next in its party's order; of two that draw on one window only one, so that both
     * cannot take its last message. A notice, such as a code to sign in with, does not wait for
     * another that the platform has put off for long, such as until morning; parts of one message
     * stay together, and what has failed keeps its place. May be past its time: the sweep ends
     * those.
     */
    private static final String READY =
            """
            d.state = 'queued' and d.not_before <= :now
            and not exists (
                select 1 from delivery e
                where e.party_id = d.party_id and e.state in ('queued', 'sending')
                    and (e.state = 'sending'
                        or (e.seq < d.seq and (e.lane < 2 or d.lane = 2
                            and (e.attempts > 0 or e.created_at = d.created_at
                                or e.not_before <= :now + interval '1 minute')))
                        or (d.lane = 2 and e.lane < 2 and d.uses_window and e.uses_window
                            and e.not_before <= :now))
            )
            """;

    /**
     * The front of a way's queue: a round costs the same however long the rest of it is. It must be
     * read along {@code delivery_way}. While a queue grows faster than PostgreSQL notices, any
     * other index looks just as good to it, and then it reads and sorts all of the queue; so no
     * other index fits what is asked for here. For the same reason it is used as an array, and with
     * {@code is true} where the state is looked at again.
     */
    static final String FRONT =
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

    private final DatabaseClient database;
    private final Concurrency concurrency;
    private final Clock clock;

    DueDeliveries(DatabaseClient database, Concurrency concurrency, Clock clock) {
        this.database = database;
        this.concurrency = concurrency;
        this.clock = clock;
    }

    /** The ways with something ready to go. */
    Flux<DueWay> ways() {
        return database.sql(DUE)
                .bind("now", clock.instant())
                .bind("cap", concurrency.mostAhead())
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
}
