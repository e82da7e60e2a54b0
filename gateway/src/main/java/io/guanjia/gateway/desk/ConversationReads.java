package io.guanjia.gateway.desk;

import static io.guanjia.gateway.desk.Columns.required;

import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.desk.ConversationView.Agent;
import io.guanjia.gateway.desk.ConversationView.By;
import io.guanjia.gateway.desk.ConversationView.Change;
import io.guanjia.gateway.desk.ConversationView.Last;
import io.guanjia.gateway.media.MediaSettings;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.outbound.Window;
import io.guanjia.gateway.outbound.WindowLedger;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Reads conversations as the desk shows them. */
@Component
final class ConversationReads {

    private static final String SELECT =
            """
            select c.id, c.party_id, c.channel, c.account, c.party, p.name, c.state, c.agent,
                   coalesce(u.name, c.agent) as agent_name, c.colleague, c.since, c.reason, c.revision,
                   c.unanswered, c.last_text, c.last_at, c.last_direction,
                   case when c.state = 'waiting' then (
                       select count(*) from conversation w
                       where w.state = 'waiting' and (w.since, w.id) <= (c.since, c.id)
                   ) end as queue_position
            from conversation c
            join party p on p.id = c.party_id
            left join desk_user u on u.username = c.agent
            """;

    private static final Window NO_WINDOW = new Window(0, null, false);

    private final DatabaseClient database;
    private final WindowLedger windows;
    private final Channels channels;
    private final MediaSettings files;

    ConversationReads(
            DatabaseClient database, WindowLedger windows, Channels channels, MediaSettings files) {
        this.database = database;
        this.windows = windows;
        this.channels = channels;
        this.files = files;
    }

    /** Empty where there is none, or where it is none of the viewer's business. */
    Mono<ConversationView> find(UUID id, Viewer viewer) {
        return database.sql(SELECT + "where c.id = :id")
                .bind("id", id)
                .map(ConversationReads::conversation)
                .one()
                .filter(found -> viewer.sees(found.agentUsername()))
                .flatMap(this::withWindow);
    }

    /** Like {@link #find}, with every change of state, oldest first. */
    Mono<ConversationView> findWithChanges(UUID id, Viewer viewer) {
        return find(id, viewer).flatMap(found -> changes(id).collectList().map(found::with));
    }

    /** In no particular order, for all viewers alike. */
    Mono<List<ConversationView>> all(Collection<UUID> ids) {
        return database.sql(SELECT + "where c.id = any(:ids)")
                .bind("ids", ids.toArray(UUID[]::new))
                .map(ConversationReads::conversation)
                .all()
                .collectList()
                .flatMap(this::withWindows);
    }

    /**
     * One page of a view.
     *
     * @param text looked for in the customer's name and id; null for everything
     */
    Mono<List<ConversationView>> page(
            View view, Viewer viewer, @Nullable String text, @Nullable Cursor after, int limit) {
        var sql = new StringBuilder(SELECT).append("where ").append(view.condition());
        if (text != null) {
            sql.append(" and (p.name ilike :text or c.party ilike :text)");
        }
        if (after != null) {
            sql.append(" and ").append(view.beyond());
        }
        sql.append(" order by ").append(view.order()).append(" limit :limit");
        var query = database.sql(sql.toString()).bind("limit", limit);
        if (view == View.MINE) {
            query = query.bind("me", viewer.username());
        }
        if (text != null) {
            query = query.bind("text", containing(text));
        }
        if (after != null) {
            query = query.bind("at", after.at()).bind("id", after.id());
        }
        return query.map(ConversationReads::conversation)
                .all()
                .collectList()
                .flatMap(this::withWindows);
    }

    /**
     * The conversations that have changed since, by the database's clock, with their revisions.
     *
     * @param since null for the last {@code overlap} only
     * @param overlap how far to look back behind {@code since}, because commits do not become
     *     visible in the order of their times
     */
    Mono<Changed> changedSince(@Nullable Instant since, Duration overlap) {
        var query =
                database.sql(
                        """
                        select now() as now, c.id, c.revision
                        from (select 1) one
                        left join conversation c
                          on c.changed_at > coalesce(:since, now()) - :overlap * interval '1 second'
                        """);
        query = since == null ? query.bindNull("since", Instant.class) : query.bind("since", since);
        return query.bind("overlap", overlap.toSeconds())
                .map(
                        row ->
                                new ChangedRow(
                                        required(row, "now", Instant.class),
                                        row.get("id", UUID.class),
                                        row.get("revision", Long.class)))
                .all()
                .collectList()
                .map(Changed::of);
    }

    /** The conversation that goes on with a party, and what to call them; empty for none. */
    Mono<Open> openWith(Address party) {
        return database.sql(
                        """
                        select c.id, coalesce(p.name, p.party) as name
                        from party p join conversation c on c.party_id = p.id
                        where p.channel = :channel and p.account = :account and p.party = :party
                          and c.state <> 'closed'
                        """)
                .bind("channel", party.channel())
                .bind("account", party.account())
                .bind("party", party.party())
                .map(
                        row ->
                                new Open(
                                        required(row, "id", UUID.class),
                                        required(row, "name", String.class)))
                .one();
    }

    /** Who has it, if anybody; empty where there is no such conversation. */
    Mono<Optional<String>> agentOf(UUID id) {
        return database.sql("select agent from conversation where id = :id")
                .bind("id", id)
                .map(row -> Optional.ofNullable(row.get("agent", String.class)))
                .one();
    }

    /**
     * Whether another person has the party's conversation, so that it is not the viewer's business.
     */
    Mono<Boolean> servedByAnother(Address party, Viewer viewer) {
        return database.sql(
                        """
                        select c.agent from conversation c join party p on p.id = c.party_id
                        where p.channel = :channel and p.account = :account and p.party = :party
                          and c.state = 'agent'
                        """)
                .bind("channel", party.channel())
                .bind("account", party.account())
                .bind("party", party.party())
                .map(row -> !viewer.sees(row.get("agent", String.class)))
                .one()
                .defaultIfEmpty(false);
    }

    private Flux<Change> changes(UUID id) {
        return database.sql(
                        """
                        select h.at, h.from_state, h.to_state, h.by_kind,
                               coalesce(u.name, h.by_name) as by_name, h.reason
                        from conversation_change h
                        left join desk_user u on h.by_kind = 'agent' and u.username = h.by_name
                        where h.conversation_id = :id
                        order by h.at, h.id
                        """)
                .bind("id", id)
                .map(
                        row ->
                                new Change(
                                        required(row, "at", Instant.class),
                                        row.get("from_state", String.class),
                                        required(row, "to_state", String.class),
                                        new By(
                                                required(row, "by_kind", String.class),
                                                row.get("by_name", String.class)),
                                        required(row, "reason", String.class)))
                .all();
    }

    private Mono<ConversationView> withWindow(ConversationView conversation) {
        return withWindows(List.of(conversation)).map(List::getFirst);
    }

    private Mono<List<ConversationView>> withWindows(List<ConversationView> conversations) {
        if (conversations.isEmpty()) {
            return Mono.just(conversations);
        }
        var parties = conversations.stream().map(ConversationView::partyId).distinct().toList();
        return windows.windows(parties)
                .map(
                        found ->
                                conversations.stream()
                                        .map(
                                                each ->
                                                        each.with(
                                                                found.getOrDefault(
                                                                        each.partyId(), NO_WINDOW),
                                                                limits(each)))
                                        .toList());
    }

    private @Nullable Limits limits(ConversationView conversation) {
        return channels.findAccount(conversation.channel(), conversation.account())
                .map(account -> Limits.of(account.capabilities(), files.limit().toBytes()))
                .orElse(null);
    }

    private static ConversationView conversation(Readable row) {
        var agent = row.get("agent", String.class);
        var lastAt = row.get("last_at", Instant.class);
        return new ConversationView(
                required(row, "id", UUID.class),
                required(row, "party_id", UUID.class),
                required(row, "channel", String.class),
                required(row, "account", String.class),
                required(row, "party", String.class),
                row.get("name", String.class),
                required(row, "state", String.class),
                agent == null ? null : new Agent(agent, required(row, "agent_name", String.class)),
                row.get("colleague", String.class),
                required(row, "since", Instant.class),
                row.get("reason", String.class),
                row.get("queue_position", Integer.class),
                required(row, "revision", Long.class),
                required(row, "unanswered", Integer.class),
                lastAt == null
                        ? null
                        : new Last(
                                row.get("last_text", String.class),
                                lastAt,
                                Objects.requireNonNullElse(
                                        row.get("last_direction", String.class), "in")),
                NO_WINDOW,
                null,
                null);
    }

    private static String containing(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private record ChangedRow(Instant now, @Nullable UUID id, @Nullable Long revision) {}

    /**
     * @param now the database's clock when it was asked
     */
    record Changed(Instant now, List<Revision> revisions) {

        private static Changed of(List<ChangedRow> rows) {
            return new Changed(
                    rows.getFirst().now(),
                    rows.stream()
                            .filter(row -> row.id() != null)
                            .map(
                                    row ->
                                            new Revision(
                                                    Objects.requireNonNull(row.id()),
                                                    Objects.requireNonNull(row.revision())))
                            .toList());
        }
    }

    /** A conversation that goes on. */
    record Open(UUID id, String name) {}

    /** How far a conversation is. */
    record Revision(UUID conversation, long revision) {}
}
