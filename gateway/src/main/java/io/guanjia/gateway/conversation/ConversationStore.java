package io.guanjia.gateway.conversation;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.conversation.Draft.Open;
import io.guanjia.gateway.conversation.Draft.Party;
import io.guanjia.gateway.message.Address;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads what the engine and the desk decide upon. Batches travel as one JSON parameter, so that one
 * prepared statement serves every size.
 */
final class ConversationStore {

    /**
     * Lateral, because PostgreSQL takes any batch for a hundred rows and would read all parties.
     */
    private static final String LOAD =
            """
            select p.id as party_id, p.channel, p.account, p.party, p.following,
                   c.id, c.state, c.agent, c.colleague, c.reason, c.bot_failures, c.offered::text as offered,
                   c.told_unavailable,
                   array(select m.dedupe_key from message m
                         where m.party_id = p.id and m.direction in ('in', 'out')
                             and m.dedupe_key = any(i.keys)
                             -- the words of a colleague went out elsewhere before they came in
                             and (m.direction = 'in' or m.author_kind = 'colleague')) as known
            from jsonb_to_recordset($1::jsonb)
                 as i(channel text, account text, party text, keys text[])
            cross join lateral (select * from party p
                where p.channel = i.channel and p.account = i.account and p.party = i.party
                limit 1) p
            left join conversation c on c.party_id = p.id and c.state <> 'closed'
            """;

    private static final String MEET =
            """
            insert into party (id, channel, account, party, first_seen_at)
            select i.id, i.channel, i.account, i.party, $2
            from jsonb_to_recordset($1::jsonb) as i(id uuid, channel text, account text, party text)
            on conflict (channel, account, party) do nothing
            """;

    private static final String LOAD_ONE =
            """
            select p.id as party_id, p.channel, p.account, p.party, p.following,
                   c.id, c.state, c.agent, c.colleague, c.reason, c.bot_failures, c.offered::text as offered,
                   c.told_unavailable
            from conversation c join party p on p.id = c.party_id
            where c.id = $1
            """;

    /** Not what the platform or one of our people did. */
    private static final String THEIRS =
            "content ->> 'type' not in"
                    + " ('event', 'taken-elsewhere', 'answered-elsewhere', 'left-elsewhere')";

    private final DatabaseClient db;
    private final ConversationJson json;
    private final Ids ids;
    private final Clock clock;

    ConversationStore(DatabaseClient db, ConversationJson json, Ids ids, Clock clock) {
        this.db = db;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The parties at these addresses, each with the conversation that is going on, if any, and
     * those of their messages' keys that have had their effect already. Strangers become parties.
     */
    Mono<Map<Address, Loaded>> parties(Map<Address, ? extends Collection<String>> keys) {
        return load(keys)
                .flatMap(
                        found -> {
                            var strangers =
                                    keys.keySet().stream()
                                            .filter(a -> !found.containsKey(a))
                                            .toList();
                            return strangers.isEmpty()
                                    ? Mono.just(found)
                                    : meet(strangers).then(load(keys));
                        });
    }

    private Mono<Map<Address, Loaded>> load(Map<Address, ? extends Collection<String>> keys) {
        var rows = keys.entrySet().stream().map(e -> AddressRow.of(e.getKey(), e.getValue()));
        return db.sql(LOAD)
                .bind(0, json.write(rows.toList()))
                .map(row -> new Loaded(party(row), known(row)))
                .all()
                .collect(Collectors.toMap(one -> one.party().address(), Function.identity()));
    }

    private Mono<Void> meet(List<Address> strangers) {
        var rows =
                strangers.stream()
                        .sorted((a, b) -> a.key().compareTo(b.key())) // one order: no deadlock
                        .map(a -> new NewParty(ids.next(), a.channel(), a.account(), a.party()))
                        .toList();
        return db.sql(MEET)
                .bind(0, json.write(rows))
                .bind(1, clock.instant())
                .fetch()
                .rowsUpdated()
                .then();
    }

    /**
     * The party at an address with the conversation that is going on, or the last one where none
     * is.
     */
    Mono<Party> withLatest(Address address) {
        return parties(Map.of(address, Set.of()))
                .map(found -> Objects.requireNonNull(found.get(address)).party())
                .flatMap(
                        party ->
                                party.open() == null
                                        ? latest(party.id()).defaultIfEmpty(party)
                                        : Mono.just(party));
    }

    private Mono<Party> latest(UUID party) {
        return db.sql(
                        """
                        select id from conversation where party_id = $1
                        order by opened_at desc limit 1
                        """)
                .bind(0, party)
                .map(row -> Objects.requireNonNull(row.get("id", UUID.class)))
                .one()
                .flatMap(this::conversation);
    }

    /** One conversation with its party, also when it is closed. */
    Mono<Party> conversation(UUID id) {
        return db.sql(LOAD_ONE).bind(0, id).map(this::party).one();
    }

    /**
     * Whether the party has said or done something in a conversation since then. What was said to
     * them is not asked for, nor what the platform or one of our people did.
     */
    Mono<Boolean> heardSince(UUID conversation, Instant then) {
        return db.sql(
                        """
                        select exists (
                            select 1 from message
                            where conversation_id = $1 and direction = 'in' and received_at > $2
                                and %s)
                        """
                                .formatted(THEIRS))
                .bind(0, conversation)
                .bind(1, then)
                .mapValue(Boolean.class)
                .one();
    }

    /** Whether the party is known to have stopped following us later than then. */
    Mono<Boolean> leftAfter(UUID party, Instant then) {
        return didAfter(party, then, "content ->> 'type' = 'unfollowed'");
    }

    /**
     * Whether the party is known to have said or done something later than then, other than to stop
     * following us.
     */
    Mono<Boolean> heardAfter(UUID party, Instant then) {
        return didAfter(party, then, "content ->> 'type' <> 'unfollowed' and " + THEIRS);
    }

    /** By the platform's clock, whatever came first; nobody did anything after we heard of it. */
    private Mono<Boolean> didAfter(UUID party, Instant then, String what) {
        return db.sql(
                        """
                        select exists (
                            select 1 from message
                            where party_id = $1 and direction = 'in' and least(sent_at, received_at) > $2 and %s)
                        """
                                .formatted(what))
                .bind(0, party)
                .bind(1, then)
                .mapValue(Boolean.class)
                .one();
    }

    /** The message that the desk has sent or noted under this id of its own before, if any. */
    Mono<UUID> lineOf(UUID party, String direction, String clientId) {
        return db.sql(
                        """
                        select id from message
                        where party_id = $1 and direction = $2 and dedupe_key = $3
                        """)
                .bind(0, party)
                .bind(1, direction)
                .bind(2, clientId)
                .map(row -> Objects.requireNonNull(row.get("id", UUID.class)))
                .one();
    }

    /** The party an outgoing message went to, with the conversation that is going on now. */
    Mono<Party> aboutMessage(UUID message) {
        return db.sql(
                        """
                        select coalesce(
                            (select c.id from conversation c
                             where c.party_id = m.party_id and c.state <> 'closed'),
                            m.conversation_id) as id
                        from message m where m.id = $1 and m.direction = 'out'
                        """)
                .bind(0, message)
                .map(row -> Objects.requireNonNull(row.get("id", UUID.class)))
                .one()
                .flatMap(this::conversation);
    }

    private Party party(Readable row) {
        var id = row.get("id", UUID.class);
        return new Party(
                Objects.requireNonNull(row.get("party_id", UUID.class)),
                address(row),
                Boolean.TRUE.equals(row.get("following", Boolean.class)),
                id == null ? null : new Open(id, json.conversation(row)));
    }

    private static Address address(Readable row) {
        return new Address(text(row, "channel"), text(row, "account"), text(row, "party"));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    private static Set<String> known(Readable row) {
        return Set.of(Objects.requireNonNull(row.get("known", String[].class)));
    }

    private record AddressRow(
            String channel, String account, String party, Collection<String> keys) {
        static AddressRow of(Address address, Collection<String> keys) {
            return new AddressRow(address.channel(), address.account(), address.party(), keys);
        }
    }

    private record NewParty(UUID id, String channel, String account, String party) {}

    /**
     * A party as asked for.
     *
     * @param known the keys of messages that have had their effect
     */
    record Loaded(Party party, Set<String> known) {}
}
