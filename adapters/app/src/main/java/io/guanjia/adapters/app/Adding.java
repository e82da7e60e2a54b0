package io.guanjia.adapters.app;

import static io.guanjia.adapters.app.Columns.address;
import static io.guanjia.adapters.app.Columns.at;
import static io.guanjia.adapters.app.Columns.id;
import static io.guanjia.adapters.app.Columns.number;

import io.guanjia.adapters.app.Threads.Appended;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.util.UUID;

/**
 * Adds lines to threads. Whoever does holds the row of the thread they go into, so numbers become
 * visible in their order and a reader who has 41 has all up to 41.
 */
final class Adding {

    private static final String FIND =
            """
            select d.message_id, m.conversation_id, o.id as owner, o.account, o.party
            from delivery d
            join message m on m.id = d.message_id
            join party p on p.id = m.party_id
            join party o on o.id = coalesce(p.same_as, p.id)
            where d.id = :delivery
            """;

    /** Makes the row, or locks the one there is. */
    private static final String LOCK =
            """
            insert into app_thread (party_id) values (:owner)
            on conflict (party_id) do update set party_id = excluded.party_id
            """;

    /** Only to be read under the lock: what is found waiting here is nobody else's to add. */
    private static final String ADD =
            """
            with own as (
                select p.id, coalesce(t.heard, 0) as heard
                from party p left join app_thread t on t.party_id = p.id
                where p.id = :owner and p.same_as is null or p.same_as = :owner
            ), said as (
                select m.id, m.seq, m.party_id, m.content ->> 'type' as type
                from own join message m on m.party_id = own.id and m.seq > own.heard
                where m.direction = 'in'
            ), fresh as (
                select waiting.id, row_number() over (order by waiting.seq) as place
                from (
                    select said.id, said.seq from said where said.type <> all(:events)
                    union
                    select m.id, m.seq from message m join own on own.id = m.party_id
                    where m.id = :message
                ) waiting
                where not exists (
                    select 1 from app_line l
                    where l.party_id = :owner and l.message_id = waiting.id)
            ), added as (
                insert into app_line (party_id, seq, message_id)
                select :owner, t.last + fresh.place, fresh.id
                from fresh join app_thread t on t.party_id = :owner
            )
            update app_thread t
            set heard = greatest(t.heard,
                    (select max(said.seq) from said where said.party_id = t.party_id)),
                last = t.last
                    + case when t.party_id = :owner then (select count(*) from fresh) else 0 end
            from own
            where t.party_id = own.id
            """;

    private static final String PLACE =
            "select seq from app_line where party_id = :owner and message_id = :message";

    private static final String WAITING =
            """
            select p.id
            from party p
            where p.channel = 'app' and p.account = :account and p.party = :party
              and exists (
                select 1
                from party own
                left join app_thread t on t.party_id = own.id
                join message m on m.party_id = own.id and m.seq > coalesce(t.heard, 0)
                where (own.id = p.id and own.same_as is null or own.same_as = p.id)
                  and m.direction = 'in')
            """;

    /** What somebody did rather than said is no line. */
    private static final String[] EVENTS = {
        "followed", "unfollowed", "scanned", "entered", "menu-tapped", "location-reported", "event"
    };

    private final DatabaseClient database;
    private final TransactionalOperator transactions;

    Adding(DatabaseClient database, TransactionalOperator transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    private record Found(UUID message, UUID conversation, UUID owner, Address address) {}

    /** The owner was another when this began; what it would have done has not been done. */
    private static final class Moved extends RuntimeException {
        private static final long serialVersionUID = 1;

        Moved() {
            super("the thread has another owner now", null, false, false);
        }
    }

    /** As {@link Threads#append}. */
    Mono<Appended> append(OutboundMessage message) {
        return find(UUID.fromString(message.deliveryId()))
                .flatMap(
                        found ->
                                add(found.owner(), found.message())
                                        .then(place(found))
                                        .switchIfEmpty(Mono.error(Moved::new))
                                        .map(
                                                place ->
                                                        new Appended(
                                                                found.conversation(),
                                                                found.address(),
                                                                place))
                                        .as(transactions::transactional))
                .retryWhen(Retry.max(3).filter(Moved.class::isInstance));
    }

    private Mono<Found> find(UUID delivery) {
        return database.sql(FIND)
                .bind("delivery", delivery)
                .map(
                        row ->
                                new Found(
                                        id(row, "message_id"),
                                        id(row, "conversation_id"),
                                        id(row, "owner"),
                                        address(row)))
                .one();
    }

    /**
     * Adds what a customer has said, and a message of ours; within a transaction.
     *
     * @param message null for none
     */
    Mono<Void> add(UUID owner, @Nullable UUID message) {
        var add = database.sql(ADD).bind("owner", owner).bind("events", EVENTS);
        return lock(owner)
                .then(
                        (message == null
                                        ? add.bindNull("message", UUID.class)
                                        : add.bind("message", message))
                                .then());
    }

    /** Nobody else adds to that thread until the transaction ends. */
    Mono<Void> lock(UUID owner) {
        return database.sql(LOCK).bind("owner", owner).then();
    }

    private Mono<Long> place(Found found) {
        return database.sql(PLACE)
                .bind("owner", found.owner())
                .bind("message", found.message())
                .map(row -> number(row, "seq"))
                .one();
    }

    /** As {@link Threads#gather}. */
    Mono<Void> gather(Address customer) {
        return at(database.sql(WAITING), customer)
                .map(row -> id(row, "id"))
                .one()
                .flatMap(owner -> add(owner, null).as(transactions::transactional));
    }
}
