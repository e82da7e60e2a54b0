package io.guanjia.adapters.app;

import static java.util.Objects.requireNonNull;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.OutboundMessage;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Threads in PostgreSQL. Whoever adds lines holds the row of the thread they go into, so numbers
 * become visible in their order and a reader who has 41 has all up to 41.
 */
final class StoredThreads implements Threads {

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

    private static final String LINES =
            """
            select l.seq, m.id, m.direction, m.external_id, m.author_kind, u.name as agent,
                   m.content::text as content, m.sent_at
            from app_line l
            join message m on m.id = l.message_id
            left join desk_user u on m.author_kind = 'agent' and u.username = m.author_name
            where l.party_id = (
                select id from party
                where channel = 'app' and account = :account and party = :party)
            """;

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

    /** What somebody did rather than said is no line. */
    private static final String[] EVENTS = {
        "followed", "unfollowed", "scanned", "entered", "menu-tapped", "location-reported", "event"
    };

    private static final int CHANGED_WITHIN_SECONDS = 12;

    private final DatabaseClient database;
    private final TransactionalOperator transactions;
    private final LineView views;
    private final Ids ids;
    private final Clock clock;

    StoredThreads(
            DatabaseClient database,
            TransactionalOperator transactions,
            JsonMapper mapper,
            Ids ids,
            Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.views = new LineView(mapper);
        this.ids = ids;
        this.clock = clock;
    }

    private record Found(UUID message, UUID conversation, UUID owner, Address address) {}

    /** The owner was another when this began; what it would have done has not been done. */
    private static final class Moved extends RuntimeException {
        private static final long serialVersionUID = 1;

        Moved() {
            super("the thread has another owner now", null, false, false);
        }
    }

    @Override
    public Mono<Appended> append(OutboundMessage message) {
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

    private Mono<Void> add(UUID owner, @Nullable UUID message) {
        var add = database.sql(ADD).bind("owner", owner).bind("events", EVENTS);
        return database.sql(LOCK)
                .bind("owner", owner)
                .then()
                .then(
                        (message == null
                                        ? add.bindNull("message", UUID.class)
                                        : add.bind("message", message))
                                .then());
    }

    private Mono<Long> place(Found found) {
        return database.sql(PLACE)
                .bind("owner", found.owner())
                .bind("message", found.message())
                .map(row -> number(row, "seq"))
                .one();
    }

    @Override
    public Mono<Void> gather(Address customer) {
        return at(database.sql(WAITING), customer)
                .map(row -> id(row, "id"))
                .one()
                .flatMap(owner -> add(owner, null).as(transactions::transactional));
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
        return lines(
                LINES + "and l.seq > :place order by l.seq limit :limit",
                customer,
                sequence,
                limit);
    }

    @Override
    public Mono<List<Line>> before(Address customer, long sequence, int limit) {
        return lines(
                        LINES + "and l.seq < :place order by l.seq desc limit :limit",
                        customer,
                        sequence,
                        limit)
                .map(List::reversed);
    }

    private Mono<List<Line>> lines(String sql, Address customer, long place, int limit) {
        return at(database.sql(sql), customer)
                .bind("place", place)
                .bind("limit", limit)
                .map(this::line)
                .all()
                .collectList();
    }

    private Line line(Readable row) {
        var own = "in".equals(row.get("direction", String.class));
        return new Line(
                number(row, "seq"),
                id(row, "id"),
                own ? row.get("external_id", String.class) : null,
                text(row, "author_kind"),
                row.get("agent", String.class),
                views.of(text(row, "content")),
                requireNonNull(row.get("sent_at", Instant.class)));
    }

    @Override
    public Mono<Boolean> isLinked(Address customer) {
        return at(
                        database.sql(
                                """
                                select exists (
                                    select 1 from party p join party own on own.same_as = p.id
                                    where p.channel = 'app' and p.account = :account
                                        and p.party = :party) as linked
                                """),
                        customer)
                .mapValue(Boolean.class)
                .one();
    }

    @Override
    public Mono<Address> route(Address customer, String id) {
        return at(database.sql(ROUTE), customer)
                .bind("id", id)
                .map(StoredThreads::address)
                .one()
                .defaultIfEmpty(customer);
    }

    @Override
    public Mono<Boolean> link(Address visitor, Address customer, @Nullable String name) {
        return meet(visitor, null)
                .then(meet(customer, name))
                .then(Mono.defer(() -> party(visitor).zipWith(party(customer))))
                .flatMap(
                        both ->
                                link(both.getT1(), both.getT2(), name)
                                        .as(transactions::transactional));
    }

    /** Locks the visitor's thread as well: nobody adds to it meanwhile, or afterwards. */
    private Mono<Boolean> link(UUID visitor, UUID customer, @Nullable String name) {
        var lockCustomer = database.sql(LOCK).bind("owner", customer).then();
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
        return add(visitor, null)
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
        return at(
                        database.sql(
                                """
                                select o.account, o.party
                                from party p join party o on o.id = coalesce(p.same_as, p.id)
                                where p.channel = 'app' and p.account = :account
                                  and p.party = :party
                                """),
                        party)
                .map(StoredThreads::address)
                .one()
                .defaultIfEmpty(party);
    }

    @Override
    public Flux<UUID> changedLately() {
        return database.sql(
                        """
                        select id from conversation
                        where changed_at > now() - :seconds * interval '1 second' and channel = 'app'
                        """)
                .bind("seconds", CHANGED_WITHIN_SECONDS)
                .map(row -> id(row, "id"))
                .all();
    }

    @Override
    public Mono<List<Unconfirmed>> unconfirmed(Address customer, long upTo, boolean read) {
        return at(
                        database.sql(
                                """
                                select d.id, d.account, d.party
                                from party p
                                join app_thread t on t.party_id = p.id
                                join app_line l on l.party_id = p.id and l.seq <= :upTo
                                  and l.seq > case when :read then t.read
                                                   else greatest(t.received, t.read) end
                                join delivery d on d.message_id = l.message_id
                                where p.channel = 'app' and p.account = :account
                                  and p.party = :party
                                order by l.seq
                                """),
                        customer)
                .bind("upTo", upTo)
                .bind("read", read)
                .map(row -> new Unconfirmed(address(row), id(row, "id").toString()))
                .all()
                .collectList();
    }

    @Override
    public Mono<Void> confirm(Address customer, long upTo, boolean read) {
        return at(
                        database.sql(
                                """
                                update app_thread t
                                set received = greatest(t.received, least(:upTo, t.last)),
                                    read = case when :read then greatest(t.read, least(:upTo, t.last))
                                                else t.read end
                                from party p
                                where t.party_id = p.id and p.channel = 'app'
                                  and p.account = :account and p.party = :party
                                """),
                        customer)
                .bind("upTo", upTo)
                .bind("read", read)
                .then();
    }

    private static GenericExecuteSpec at(GenericExecuteSpec sql, Address address) {
        return sql.bind("account", address.account()).bind("party", address.party());
    }

    private static GenericExecuteSpec named(GenericExecuteSpec sql, @Nullable String name) {
        return name == null ? sql.bindNull("name", String.class) : sql.bind("name", name);
    }

    private static Address address(Readable row) {
        return new Address(AppChannel.NAME, text(row, "account"), text(row, "party"));
    }

    private static UUID id(Readable row, String column) {
        return requireNonNull(row.get(column, UUID.class), column);
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class), column);
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class), column);
    }
}
