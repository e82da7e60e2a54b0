package io.guanjia.adapters.app;

import static io.guanjia.adapters.app.Columns.address;
import static io.guanjia.adapters.app.Columns.at;
import static io.guanjia.adapters.app.Columns.id;
import static io.guanjia.adapters.app.Columns.named;

import static java.util.Objects.requireNonNull;

import io.guanjia.gateway.Together;
import io.guanjia.gateway.message.Address;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Visitors who turned out to be somebody: {@code party.same_as}. */
final class Linking {

    private static final String ROUTE =
            """
            select own.account, own.party
            from party p
            join party own on own.id = p.id or own.same_as = p.id
            left join conversation c on c.party_id = own.id and c.state <> 'closed'
            cross join lateral (
                select exists (
                    select 1 from message m
                    where m.party_id = own.id and m.direction = 'in' and m.dedupe_key = :id) as known
            ) before
            where p.channel = 'app' and p.account = :account and p.party = :party
              and (c.id is not null or before.known)
            order by before.known desc, c.last_at desc nulls last
            limit 1
            """;

    private static final String ACQUAINTANCES =
            """
            select p.id is not null as known, p.name, exists (
                select 1 from party own where own.same_as = p.id) as linked
            from unnest(:accounts::text[], :parties::text[]) with ordinality
                as asked(account, party, place)
            left join party p on p.channel = 'app' and p.account = asked.account
                and p.party = asked.party
            order by asked.place
            """;

    private static final int MOST = 100;

    private final DatabaseClient database;
    private final TransactionalOperator transactions;
    private final Adding adding;
    private final Together<Address, Threads.Acquaintance> acquaintances =
            new Together<>(MOST, this::acquaintances);

    Linking(DatabaseClient database, TransactionalOperator transactions, Adding adding) {
        this.database = database;
        this.transactions = transactions;
        this.adding = adding;
    }

    /** As {@link Threads#acquaintance}. */
    Mono<Threads.Acquaintance> acquaintance(Address customer) {
        return acquaintances.ask(customer);
    }

    private Mono<List<Threads.Acquaintance>> acquaintances(List<Address> customers) {
        return database.sql(ACQUAINTANCES)
                .bind("accounts", all(customers, Address::account))
                .bind("parties", all(customers, Address::party))
                .map(Linking::read)
                .all()
                .collectList();
    }

    private static String[] all(List<Address> customers, Function<Address, String> column) {
        return customers.stream().map(column).toArray(String[]::new);
    }

    private static Threads.Acquaintance read(Readable row) {
        return new Threads.Acquaintance(
                requireNonNull(row.get("known", Boolean.class)),
                row.get("name", String.class),
                requireNonNull(row.get("linked", Boolean.class)));
    }

    /** As {@link Threads#route}. */
    Mono<Address> route(Address customer, String id) {
        return at(database.sql(ROUTE), customer)
                .bind("id", id)
                .map(Columns::address)
                .one()
                .defaultIfEmpty(customer);
    }

    /** As {@link Threads#link}, of two who are parties already. */
    Mono<Boolean> link(Address visitor, Address customer, @Nullable String name) {
        return party(visitor)
                .zipWith(party(customer))
                .flatMap(
                        both ->
                                link(both.getT1(), both.getT2(), name)
                                        .as(transactions::transactional));
    }

    /** Locks the visitor's thread as well: nobody adds to it meanwhile, or afterwards. */
    private Mono<Boolean> link(UUID visitor, UUID customer, @Nullable String name) {
        var lockCustomer = adding.lock(customer);
        var take =
                named(
                                database.sql(
                                        """
                                        update party set same_as = :customer, name = coalesce(:name, name)
                                        where id = :visitor and (same_as is null or same_as = :customer)
                                        """),
                                name)
                        .bind("customer", customer)
                        .bind("visitor", visitor)
                        .fetch()
                        .rowsUpdated();
        var move =
                database.sql(
                                """
                                with moved as (
                                    select l.message_id, row_number() over (order by l.seq) as place
                                    from app_line l
                                    where l.party_id = :visitor and not exists (
                                        select 1 from app_line o
                                        where o.party_id = :customer
                                          and o.message_id = l.message_id)
                                ), added as (
                                    insert into app_line (party_id, seq, message_id)
                                    select :customer, t.last + moved.place, moved.message_id
                                    from moved join app_thread t on t.party_id = :customer
                                )
                                update app_thread set last = last + (select count(*) from moved)
                                where party_id = :customer
                                """)
                        .bind("customer", customer)
                        .bind("visitor", visitor)
                        .then();
        var goesOn =
                database.sql(
                                """
                                select exists (
                                    select 1 from conversation
                                    where party_id = :visitor and state <> 'closed') as open
                                """)
                        .bind("visitor", visitor)
                        .map(row -> requireNonNull(row.get("open", Boolean.class)))
                        .one();
        return adding.add(visitor, null)
                .then(lockCustomer)
                .then(take)
                .filter(taken -> taken > 0)
                .flatMap(taken -> move.then(goesOn));
    }

    private Mono<UUID> party(Address address) {
        return at(
                        database.sql(
                                """
                                select id from party
                                where channel = 'app' and account = :account and party = :party
                                """),
                        address)
                .map(row -> id(row, "id"))
                .one();
    }

    /** As {@link Threads#ownerOf}. */
    Mono<Address> ownerOf(Address party) {
        return at(
                        database.sql(
                                """
                                select o.account, o.party
                                from party p join party o on o.id = coalesce(p.same_as, p.id)
                                where p.channel = 'app' and p.account = :account
                                  and p.party = :party
                                """),
                        party)
                .map(Columns::address)
                .one()
                .defaultIfEmpty(party);
    }
}
