package io.guanjia.adapters.app;

import static io.guanjia.adapters.app.Columns.address;
import static io.guanjia.adapters.app.Columns.at;
import static io.guanjia.adapters.app.Columns.id;
import static io.guanjia.adapters.app.Columns.text;

import static java.util.Objects.requireNonNull;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Pushes in PostgreSQL. A node that dies over one lets its lease run out. */
final class StoredPushes implements Pushes {

    /** A phone that learns of a message later than that is no quicker than its owner. */
    static final Duration USEFUL = Duration.ofHours(1);

    /** Longer than a call should take; two calls for one push do no harm. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final String EXPECT =
            """
            insert into app_push (delivery_id, account, party, body, not_before, give_up_at)
            values (:delivery, :account, :party, :body, :now, :until)
            on conflict (delivery_id) do nothing
            """;

    /** Walks from account to account along the index, however many pushes each of them has. */
    private static final String ACCOUNTS =
            """
            with recursive site(account) as (
                (select account from app_push order by account limit 1)
                union all
                select next.account from site s cross join lateral (
                    select p.account from app_push p
                    where p.account > s.account order by p.account limit 1) next
            )
            select account from site s where exists (
                select 1 from app_push p where p.account = s.account and p.not_before <= :now)
            """;

    private static final String DUE =
            """
            with due as (
                select delivery_id from app_push where account = :account and not_before <= :now
                order by not_before limit :most for update skip locked
            )
            update app_push p set attempts = p.attempts + 1, not_before = :until
            from due where p.delivery_id = due.delivery_id
            returning p.delivery_id, p.account, p.party, p.body, p.attempts, p.give_up_at
            """;

    private final DatabaseClient database;
    private final Clock clock;

    StoredPushes(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Mono<Void> expect(Push push) {
        return Mono.defer(
                () -> {
                    var now = clock.instant();
                    return at(database.sql(EXPECT), push.customer())
                            .bind("delivery", push.delivery())
                            .bind("body", push.body())
                            .bind("now", now)
                            .bind("until", now.plus(USEFUL))
                            .then();
                });
    }

    @Override
    public Flux<String> accounts() {
        return Flux.defer(
                () ->
                        database.sql(ACCOUNTS)
                                .bind("now", clock.instant())
                                .map(row -> text(row, "account"))
                                .all());
    }

    @Override
    public Flux<Due> lease(String account, int most) {
        return Flux.defer(
                () -> {
                    var now = clock.instant();
                    return database.sql(DUE)
                            .bind("now", now)
                            .bind("until", now.plus(LEASE))
                            .bind("account", account)
                            .bind("most", most)
                            .map(
                                    row ->
                                            new Due(
                                                    new Push(
                                                            id(row, "delivery_id"),
                                                            address(row),
                                                            text(row, "body")),
                                                    requireNonNull(
                                                            row.get("attempts", Integer.class)),
                                                    requireNonNull(
                                                            row.get("give_up_at", Instant.class))))
                            .all();
                });
    }

    @Override
    public Mono<Void> done(UUID delivery) {
        return database.sql("delete from app_push where delivery_id = :delivery")
                .bind("delivery", delivery)
                .then();
    }

    @Override
    public Mono<Void> again(UUID delivery, Instant notBefore) {
        return database.sql("update app_push set not_before = :later where delivery_id = :delivery")
                .bind("delivery", delivery)
                .bind("later", notBefore)
                .then();
    }
}
