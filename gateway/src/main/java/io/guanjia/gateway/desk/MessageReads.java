package io.guanjia.gateway.desk;

import static io.guanjia.gateway.desk.Columns.required;

import io.guanjia.gateway.channel.Capabilities;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.desk.MessageView.By;
import io.guanjia.gateway.desk.MessageView.Delivery;
import io.guanjia.gateway.desk.MessageView.Recall;
import io.guanjia.gateway.message.Address;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Reads messages as the desk shows them. */
@Component
final class MessageReads {

    /** How many messages one answer holds at most where nobody says how many. */
    static final int CHUNK = 500;

    /**
     * What waits in the queue says why: its own reason, or else that of what shuts its way. Nothing
     * is written to a delivery when its way is shut, as thousands may wait there.
     */
    private static final String SELECT =
            """
            select m.id, m.conversation_id, m.seq, m.revision, m.direction,
                   p.channel, p.account, p.party, m.external_id, m.sent_at, m.received_at,
                   m.author_kind, coalesce(u.name, m.author_name) as author_name,
                   m.content::text as content,
                   d.id as delivery_id, d.state as delivery_state,
                   coalesce(d.reason, shut.reason) as delivery_reason,
                   coalesce(d.leased_at, m.received_at) as went_at,
                   m.recalled_at, coalesce(r.name, m.recalled_by) as recalled_by
            from message m
            join party p on p.id = m.party_id
            left join delivery d on d.message_id = m.id
            left join lateral (
                select k.reason from circuit k
                where d.state = 'queued' and d.reason is null
                  and k.channel = d.channel and k.account = d.account and k.api in (d.api, '*')
                  and (k.until is null or k.until > now())
                order by k.until desc nulls first
                limit 1) shut on true
            left join desk_user u on m.author_kind = 'agent' and u.username = m.author_name
            left join desk_user r on m.recalled_by is not null and r.username = m.recalled_by
            """;

    /** It reached the customer, as far as we know. */
    private static final Set<String> SENT = Set.of("accepted", "delivered", "read");

    private final DatabaseClient database;
    private final Channels channels;
    private final ContentView contents;

    MessageReads(DatabaseClient database, Channels channels, JsonMapper mapper) {
        this.database = database;
        this.channels = channels;
        this.contents = new ContentView(mapper);
    }

    Mono<MessageView> find(UUID id) {
        return database.sql(SELECT + "where m.id = :id").bind("id", id).map(this::message).one();
    }

    /**
     * What is new or changed in a conversation after a revision, oldest first; at most about {@link
     * #CHUNK} messages, whose {@link Thread#revision} is where to go on.
     */
    Mono<Thread> after(UUID conversation, long revision) {
        return revisionOf(conversation)
                .flatMap(
                        now ->
                                database.sql(
                                                SELECT
                                                        + """
                                                        where m.conversation_id = :id and m.revision > :after
                                                        order by m.revision, m.seq
                                                        limit :limit
                                                        """)
                                        .bind("id", conversation)
                                        .bind("after", revision)
                                        .bind("limit", CHUNK)
                                        .map(this::message)
                                        .all()
                                        .collectList()
                                        .map(found -> Thread.chunk(found, now)));
    }

    /**
     * A page of history, oldest first, of this conversation and the party's earlier ones, those
     * from before they said who they are included.
     *
     * @param before only what comes before this place in the thread; null for the latest
     */
    Mono<Thread> before(UUID conversation, @Nullable Long before, int limit) {
        return revisionOf(conversation)
                .flatMap(
                        now ->
                                database.sql(
                                                SELECT
                                                        + """
                                                        where m.conversation_id in (
                                                            select earlier.id
                                                            from conversation this
                                                            join party p on p.id = this.party_id
                                                              or p.same_as = this.party_id
                                                            join conversation earlier
                                                              on earlier.party_id = p.id
                                                             and earlier.opened_at <= this.opened_at
                                                            where this.id = :id)
                                                          and m.party_id in (
                                                            select p.id
                                                            from conversation this
                                                            join party p on p.id = this.party_id
                                                              or p.same_as = this.party_id
                                                            where this.id = :id)
                                                          and m.seq < :before
                                                        order by m.seq desc
                                                        limit :limit
                                                        """)
                                        .bind("id", conversation)
                                        .bind("before", before == null ? Long.MAX_VALUE : before)
                                        .bind("limit", limit)
                                        .map(this::message)
                                        .all()
                                        .collectList()
                                        .map(found -> new Thread(found.reversed(), now, false)));
    }

    /** A page of what was exchanged with one party, oldest first: no notes of colleagues. */
    Mono<List<MessageView>> with(Address party, @Nullable Long before, int limit) {
        return database.sql(
                        SELECT
                                + """
                                where m.party_id = (
                                    select id from party
                                    where channel = :channel and account = :account and party = :party)
                                  and m.direction <> 'note'
                                  and m.seq < :before
                                order by m.seq desc
                                limit :limit
                                """)
                .bind("channel", party.channel())
                .bind("account", party.account())
                .bind("party", party.party())
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit)
                .map(this::message)
                .all()
                .collectList()
                .map(List::reversed);
    }

    /**
     * What is new or changed in several conversations, each after its own revision, in the order of
     * their revisions.
     */
    Flux<MessageView> after(Collection<After> conversations) {
        return database.sql(
                        SELECT
                                + """
                                join unnest(:ids, :revisions) as w(id, revision)
                                  on m.conversation_id = w.id and m.revision > w.revision
                                order by m.revision, m.seq
                                """)
                .bind("ids", conversations.stream().map(After::conversation).toArray(UUID[]::new))
                .bind("revisions", conversations.stream().map(After::revision).toArray(Long[]::new))
                .map(this::message)
                .all();
    }

    /**
     * Read before the messages: what is committed in between is then sent once more rather than
     * never.
     */
    private Mono<Long> revisionOf(UUID conversation) {
        return database.sql("select revision from conversation where id = :id")
                .bind("id", conversation)
                .map(row -> required(row, "revision", Long.class))
                .one();
    }

    private MessageView message(Readable row) {
        var state = row.get("delivery_state", String.class);
        return new MessageView(
                required(row, "id", UUID.class),
                required(row, "conversation_id", UUID.class),
                required(row, "seq", Long.class),
                required(row, "revision", Long.class),
                required(row, "direction", String.class),
                required(row, "channel", String.class),
                required(row, "account", String.class),
                required(row, "party", String.class),
                row.get("external_id", String.class),
                required(row, "sent_at", Instant.class),
                required(row, "received_at", Instant.class),
                new By(
                        required(row, "author_kind", String.class),
                        row.get("author_name", String.class)),
                contents.of(required(row, "content", String.class)),
                state == null
                        ? null
                        : new Delivery(
                                required(row, "delivery_id", UUID.class),
                                state,
                                row.get("delivery_reason", String.class)),
                recall(row),
                recallableUntil(row, state));
    }

    private static @Nullable Recall recall(Readable row) {
        var at = row.get("recalled_at", Instant.class);
        return at == null ? null : new Recall(at, required(row, "recalled_by", String.class));
    }

    private @Nullable Instant recallableUntil(Readable row, @Nullable String state) {
        if (state == null
                || !SENT.contains(state)
                || row.get("recalled_at", Instant.class) != null
                || !required(row, "author_kind", String.class).equals("agent")) {
            return null;
        }
        return channels.findAccount(
                        required(row, "channel", String.class),
                        required(row, "account", String.class))
                .map(ChannelAccount::capabilities)
                .filter(Capabilities::canRecall)
                .map(can -> required(row, "went_at", Instant.class).plus(can.recall()))
                .orElse(null);
    }

    /** From where on to read a conversation. */
    record After(UUID conversation, long revision) {}

    /**
     * Messages of a thread in their order.
     *
     * @param revision everything up to this one is in here or was known before
     * @param more whether there is more after it
     */
    record Thread(List<MessageView> items, long revision, boolean more) {

        private static final Comparator<MessageView> BY_PLACE =
                Comparator.comparingLong(MessageView::seq);

        Thread in(Locale locale) {
            return new Thread(items.stream().map(each -> each.in(locale)).toList(), revision, more);
        }

        /**
         * A chunk that was cut off ends with the last revision that is whole in it: messages
         * committed together may share one.
         */
        private static Thread chunk(List<MessageView> found, long now) {
            if (found.size() < CHUNK) {
                return new Thread(found.stream().sorted(BY_PLACE).toList(), now, false);
            }
            var last = found.getLast().revision();
            var whole = found.stream().filter(each -> each.revision() < last).toList();
            var items = whole.isEmpty() ? found : whole;
            return new Thread(
                    items.stream().sorted(BY_PLACE).toList(), items.getLast().revision(), true);
        }
    }
}
