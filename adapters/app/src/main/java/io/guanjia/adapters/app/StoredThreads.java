package io.guanjia.adapters.app;

import static io.guanjia.adapters.app.Columns.address;
import static io.guanjia.adapters.app.Columns.at;
import static io.guanjia.adapters.app.Columns.id;
import static io.guanjia.adapters.app.Columns.named;
import static io.guanjia.adapters.app.Columns.number;

import static java.util.Objects.requireNonNull;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Threads in PostgreSQL, and who they belong to. {@link Adding} and {@link Paging} are about their
 * lines, {@link Linking} about visitors who log in, {@link Confirming} about what was read, {@link
 * Recalling} about what was taken back.
 */
final class StoredThreads implements Threads {

    private static final int CHANGED_WITHIN_SECONDS = 12;

    private final DatabaseClient database;
    private final Adding adding;
    private final Paging paging;
    private final Linking linking;
    private final Confirming confirming;
    private final Recalling recalling;
    private final Ids ids;
    private final Clock clock;

    StoredThreads(
            DatabaseClient database,
            TransactionalOperator transactions,
            JsonMapper mapper,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.adding = new Adding(database, transactions);
        this.paging = new Paging(database, mapper);
        this.linking = new Linking(database, transactions, adding);
        this.confirming = new Confirming(database);
        this.recalling = new Recalling(database);
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Mono<Appended> append(OutboundMessage message) {
        return adding.append(message);
    }

    @Override
    public Mono<Void> gather(Address customer) {
        return adding.gather(customer);
    }

    @Override
    public Mono<Standing> standing(Address customer) {
        return at(
                        database.sql(
                                """
                                select coalesce(t.last, 0) as last, coalesce(t.read, 0) as read,
                                       p.name, p.same_as is not null as somebody_else
                                from party p left join app_thread t on t.party_id = p.id
                                where p.channel = 'app' and p.account = :account
                                  and p.party = :party
                                """),
                        customer)
                .map(
                        row ->
                                new Standing(
                                        number(row, "last"),
                                        number(row, "read"),
                                        row.get("name", String.class),
                                        requireNonNull(row.get("somebody_else", Boolean.class)),
                                        true))
                .one()
                .defaultIfEmpty(Standing.NEW);
    }

    @Override
    public Mono<Void> meet(Address customer, @Nullable String name) {
        var meet =
                at(
                        database.sql(
                                """
                                insert into party (id, channel, account, party, name, first_seen_at)
                                values (:id, 'app', :account, :party, :name, :now)
                                on conflict (channel, account, party)
                                do update set name = excluded.name
                                where excluded.name is not null
                                  and party.name is distinct from excluded.name
                                """),
                        customer);
        return named(meet.bind("id", ids.next()).bind("now", clock.instant()), name).then();
    }

    @Override
    public Mono<List<Line>> after(Address customer, long sequence, int limit) {
        return paging.after(customer, sequence, limit);
    }

    @Override
    public Mono<List<Line>> before(Address customer, long sequence, int limit) {
        return paging.before(customer, sequence, limit);
    }

    @Override
    public Mono<Acquaintance> acquaintance(Address customer) {
        return linking.acquaintance(customer);
    }

    @Override
    public Mono<Address> route(Address customer, String id) {
        return linking.route(customer, id);
    }

    @Override
    public Mono<Boolean> link(Address visitor, Address customer, @Nullable String name) {
        return meet(visitor, null)
                .then(meet(customer, name))
                .then(Mono.defer(() -> linking.link(visitor, customer, name)));
    }

    @Override
    public Flux<Seen> seenBy(Collection<UUID> conversations) {
        return database.sql(
                        """
                        select c.id, o.account, o.party
                        from conversation c
                        join party p on p.id = c.party_id
                        join party o on o.id = coalesce(p.same_as, p.id)
                        where c.id = any(:ids) and c.channel = 'app'
                        """)
                .bind("ids", conversations.toArray(UUID[]::new))
                .map(row -> new Seen(id(row, "id"), address(row)))
                .all();
    }

    @Override
    public Mono<Address> ownerOf(Address party) {
        return linking.ownerOf(party);
    }

    @Override
    public Flux<Changed> changedLately() {
        return database.sql(
                        """
                        select id, revision from conversation
                        where changed_at > now() - :seconds * interval '1 second' and channel = 'app'
                        """)
                .bind("seconds", CHANGED_WITHIN_SECONDS)
                .map(
                        row ->
                                new Changed(
                                        id(row, "id"),
                                        Objects.requireNonNull(row.get("revision", Long.class))))
                .all();
    }

    @Override
    public Mono<List<Long>> recalled(Address customer, long upTo) {
        return recalling.recalled(customer, upTo);
    }

    @Override
    public Flux<Recalled> recalledLately() {
        return recalling.lately();
    }

    @Override
    public Mono<List<Unconfirmed>> unconfirmed(Address customer, long upTo, boolean read) {
        return confirming.unconfirmed(customer, upTo, read);
    }

    @Override
    public Mono<Void> confirm(Address customer, long upTo, boolean read) {
        return confirming.confirm(customer, upTo, read);
    }
}
