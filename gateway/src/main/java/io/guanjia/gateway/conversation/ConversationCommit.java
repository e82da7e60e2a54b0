package io.guanjia.gateway.conversation;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.conversation.Draft.Episode;
import io.guanjia.gateway.link.KeptLinks;
import io.guanjia.gateway.media.MediaIntake;
import io.guanjia.gateway.outbound.Outbox;
import io.guanjia.gateway.outbound.WindowLedger;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Commits drafts: messages with the short links in them, state, the record of changes, deliveries
 * and opened windows, all of a batch in one transaction or nothing of it.
 */
final class ConversationCommit {

    private static final String LOCK =
            """
            select c.id, c.state, c.agent, c.colleague, c.reason, c.bot_failures, c.offered::text as offered,
                   c.told_unavailable, c.revision
            from conversation c where c.id = any($1) order by c.id for update
            """;

    private static final String BEGIN =
            """
            insert into conversation (id, party_id, channel, account, party, state, since, opened_at, changed_at)
            select i.id, i.party_id, i.channel, i.account, i.party, 'bot', $2, $2, clock_timestamp()
            from jsonb_to_recordset($1::jsonb)
                 as i(id uuid, party_id uuid, channel text, account text, party text)
            on conflict do nothing
            """;

    private static final String MESSAGES =
            """
            insert into message (id, conversation_id, party_id, revision, direction, author_kind, author_name,
                                 content, raw, external_id, dedupe_key, sent_at, received_at)
            select i.id, i.conversation, i.party, i.revision, i.direction, i.author_kind, i.author_name,
                   i.content, i.raw, i.external_id, i.dedupe_key, i.sent_at, i.received_at
            from jsonb_to_recordset($1::jsonb)
                 as i(id uuid, conversation uuid, party uuid, revision bigint, direction text, author_kind text,
                      author_name text, content jsonb, raw text, external_id text, dedupe_key text,
                      sent_at timestamptz, received_at timestamptz)
            on conflict do nothing
            """;

    private static final String STATES =
            """
            update conversation c
            set state = i.state, agent = i.agent, colleague = i.colleague, reason = i.reason, bot_failures = i.bot_failures,
                offered = i.offered, told_unavailable = i.told_unavailable,
                since = case when i.moved then $2 else c.since end,
                closed_at = case when i.state = 'closed' then coalesce(c.closed_at, $2) end,
                revision = i.revision,
                unanswered = case when i.answered then i.unanswered else c.unanswered + i.unanswered end,
                unanswered_since = case when i.answered then i.unanswered_since
                    else coalesce(c.unanswered_since, i.unanswered_since) end,
                last_text = coalesce(i.last_text, c.last_text),
                last_direction = coalesce(i.last_direction, c.last_direction),
                last_at = coalesce(i.last_at, c.last_at),
                changed_at = clock_timestamp()
            from jsonb_to_recordset($1::jsonb)
                 as i(id uuid, state text, agent text, colleague text, reason text, bot_failures int, offered jsonb,
                      told_unavailable boolean, moved boolean, revision bigint, answered boolean,
                      unanswered int, unanswered_since timestamptz, last_text text, last_direction text, last_at timestamptz)
            -- any batch counts as a hundred rows, and then all conversations would be read
            where c.id = any(array(
                    select (one ->> 'id')::uuid from jsonb_array_elements($1::jsonb) one))
                and c.id = i.id
            """;

    private static final String CHANGES =
            """
            insert into conversation_change (id, conversation_id, at, from_state, to_state, by_kind, by_name, reason)
            select i.id, i.conversation, i.at, i.from_state, i.to_state, i.by_kind, i.by_name, i.reason
            from jsonb_to_recordset($1::jsonb)
                 as i(id uuid, conversation uuid, at timestamptz, from_state text, to_state text,
                      by_kind text, by_name text, reason text)
            """;

    private static final String FOLLOWING =
            """
            update party p set following = i.following
            from jsonb_to_recordset($1::jsonb) as i(id uuid, following boolean)
            where p.id = i.id
            """;

    private final DatabaseClient db;
    private final TransactionalOperator transactions;
    private final ConversationJson json;
    private final Outbox outbox;
    private final WindowLedger windows;
    private final MediaIntake files;
    private final KeptLinks links;
    private final Preview preview;
    private final ConversationSettings settings;
    private final Ids ids;

    ConversationCommit(
            DatabaseClient db,
            TransactionalOperator transactions,
            ConversationJson json,
            Outbox outbox,
            WindowLedger windows,
            MediaIntake files,
            KeptLinks links,
            Preview preview,
            ConversationSettings settings,
            Ids ids) {
        this.db = db;
        this.transactions = transactions;
        this.json = json;
        this.outbox = outbox;
        this.windows = windows;
        this.files = files;
        this.links = links;
        this.preview = preview;
        this.settings = settings;
        this.ids = ids;
    }

    /** A draft no longer fits what is stored: somebody else was quicker. Load and decide again. */
    static final class Stale extends RuntimeException {
        Stale() {
            super("stale", null, false, false);
        }
    }

    /** Emits the conversations that changed. Fails with {@link Stale}, having changed nothing. */
    Mono<List<UUID>> commit(Collection<Draft> drafts, Instant now) {
        var touched = drafts.stream().flatMap(draft -> draft.episodes().stream()).toList();
        if (touched.isEmpty()) {
            return Mono.just(List.of());
        }
        return lock(touched)
                .flatMap(revisions -> write(drafts, new HashMap<>(revisions), now))
                .as(transactions::transactional)
                .thenReturn(touched.stream().map(episode -> episode.id).toList());
    }

    /** Locks what exists and checks that it still is as loaded. */
    private Mono<Map<UUID, Long>> lock(List<Episode> episodes) {
        var loaded = new HashMap<UUID, Conversation>();
        for (var episode : episodes) {
            if (episode.loaded != null) {
                loaded.put(episode.id, episode.loaded.state());
            }
        }
        if (loaded.isEmpty()) {
            return Mono.just(Map.of());
        }
        return db.sql(LOCK)
                .bind(0, loaded.keySet().toArray(UUID[]::new))
                .map(
                        row ->
                                Map.entry(
                                        Objects.requireNonNull(row.get("id", UUID.class)),
                                        new Locked(
                                                json.conversation(row),
                                                Objects.requireNonNull(
                                                        row.get("revision", Long.class)))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(
                        locked -> {
                            var revisions = new HashMap<UUID, Long>();
                            loaded.forEach(
                                    (id, state) -> {
                                        var found = locked.get(id);
                                        if (found == null || !found.state().equals(state)) {
                                            throw new Stale();
                                        }
                                        revisions.put(id, found.revision());
                                    });
                            return revisions;
                        });
    }

    private Mono<Void> write(Collection<Draft> drafts, Map<UUID, Long> revisions, Instant now) {
        var rows = new CommitRows(ids, preview, settings);
        drafts.forEach(draft -> rows.add(draft, revisions, now));
        return exactly(BEGIN, rows.begun, now)
                .then(exactly(MESSAGES, rows.messages, null))
                .then(exactly(STATES, rows.states, now))
                .then(exactly(CHANGES, rows.changes, null))
                .then(files.expect(rows.withFiles))
                .then(exactly(FOLLOWING, rows.followings, null))
                .then(rows.openings.isEmpty() ? Mono.empty() : windows.opened(rows.openings))
                .then(rows.deliveries.isEmpty() ? Mono.empty() : outbox.enqueue(rows.deliveries))
                .then(windows.closed(rows.leavings))
                .then(links.keep(rows.links));
    }

    /** Fewer rows than given means that another node has written one of them. */
    private Mono<Void> exactly(String sql, List<?> rows, @Nullable Instant now) {
        if (rows.isEmpty()) {
            return Mono.empty();
        }
        var statement = db.sql(sql).bind(0, json.write(rows));
        return (now == null ? statement : statement.bind(1, now))
                .fetch()
                .rowsUpdated()
                .flatMap(count -> count == rows.size() ? Mono.empty() : Mono.error(new Stale()));
    }

    private record Locked(Conversation state, long revision) {}
}
