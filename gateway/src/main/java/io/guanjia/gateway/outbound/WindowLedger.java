package io.guanjia.gateway.outbound;

import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.WindowRule;
import io.guanjia.gateway.channel.Channels;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knows for each party how many messages we may still send and until when.
 *
 * <p>A message draws on every allowance that is alive, in the moment it is leased; it is given back
 * where the platform certainly did not take it. So the ledger may promise less than the platform
 * allows, never more. Where the platform disagrees all the same, the platform is right.
 */
public final class WindowLedger {

    private static final String LOCK_PARTIES =
            "select id from party where id = any(:parties) order by id for no key update";

    private static final String OPEN =
            """
            insert into reply_window
                (party_id, trigger, messages, used, opened_at, expires_at, recorded_at)
            select o.party_id, o.trigger, o.messages, 0, o.opened_at, o.expires_at, :now
            from unnest(:parties::uuid[], :triggers::text[], :messages::integer[],
                    :opened::timestamptz[], :expiring::timestamptz[])
                as o(party_id, trigger, messages, opened_at, expires_at)
            order by o.party_id, o.trigger
            on conflict (party_id, trigger) do update set
                messages = excluded.messages,
                used = 0,
                opened_at = excluded.opened_at,
                expires_at = greatest(reply_window.expires_at, excluded.expires_at),
                recorded_at = excluded.recorded_at
            where excluded.opened_at >= reply_window.opened_at
            """;

    private static final String WAKE =
            Changes.statement(
                    "",
                    """
                    select d.id, d.message_id, m.conversation_id
                    from delivery d join message m on m.id = d.message_id
                    where d.party_id = any(:parties) and d.state = 'held'
                    """,
                    "state = 'queued', reason = null, not_before = least(d.not_before, :now)",
                    "d.state = 'held'",
                    Changes.Locked.WAIT,
                    "");

    private static final String SHUT =
            """
            update reply_window w set expires_at = :now
            from unnest(:parties::uuid[], :left::timestamptz[]) as l(party_id, at)
            where w.party_id = any(:parties) and w.party_id = l.party_id
                and w.opened_at <= l.at and w.expires_at > :now
            """;

    private static final String END =
            Changes.statement(
                    "",
                    """
                    select d.id, d.message_id, m.conversation_id
                    from delivery d join message m on m.id = d.message_id
                    where d.party_id = any(:parties) and d.state in ('queued', 'held')
                        and not exists (
                            select 1 from reply_window w
                            join unnest(:parties::uuid[], :left::timestamptz[]) as l(party_id, at)
                                on l.party_id = w.party_id
                            where w.party_id = d.party_id and w.opened_at > l.at)
                    """,
                    "state = 'refused', reason = :reason",
                    "d.state in ('queued', 'held')",
                    Changes.Locked.WAIT,
                    "");

    private static final String READ =
            """
            select p.id, p.channel, p.account,
                coalesce(max(greatest(w.messages - w.used, 0)), 0) as remaining,
                coalesce(
                    max(w.expires_at) filter (where w.used < w.messages),
                    max(w.expires_at)) as expires_at
            from party p
            left join reply_window w on w.party_id = p.id and w.expires_at > :now
            where p.id = any(:parties)
            group by p.id
            """;

    private final DatabaseClient database;
    private final Channels channels;
    private final Changes changes;
    private final Clock clock;

    WindowLedger(DatabaseClient database, Channels channels, Changes changes, Clock clock) {
        this.database = database;
        this.channels = channels;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Notes in the caller's transaction that parties may be written to, and puts what was held for
     * them back into the queue, in its old order. A fixed number of statements for any number of
     * openings.
     *
     * <p>To be called after the caller has written its conversations and messages: the revision of
     * a conversation may move once more here.
     *
     * <p>A new trigger of a kind starts its allowance afresh. One that arrives late, after a newer
     * one, changes nothing.
     */
    public Mono<Void> opened(List<Opening> openings) {
        return Mono.defer(
                () -> {
                    var granted =
                            openings.stream().flatMap(this::grants).collect(latestOfEachKind());
                    var reachable =
                            openings.stream()
                                    .filter(this::letsUsWrite)
                                    .map(Opening::partyId)
                                    .distinct()
                                    .toArray(UUID[]::new);
                    return lock(reachable)
                            .then(granted.isEmpty() ? Mono.empty() : open(granted.values()))
                            .then(wake(reachable));
                });
    }

    /**
     * Notes in the caller's transaction that parties have turned their back on us. Nothing reaches
     * them any more, so what waits for them ends, with the reason. To be called last, as {@link
     * #opened} is.
     *
     * <p>What a party has opened since stays open, and what waits for them then stays as it is.
     */
    public Mono<Void> closed(List<Leaving> leavings) {
        var parties = leavings.stream().map(Leaving::partyId).toArray(UUID[]::new);
        var left = leavings.stream().map(Leaving::at).toArray(Instant[]::new);
        return parties.length == 0
                ? Mono.empty()
                : Mono.defer(
                        () ->
                                lock(parties)
                                        .then(
                                                database.sql(SHUT)
                                                        .bind("parties", parties)
                                                        .bind("left", left)
                                                        .bind("now", clock.instant())
                                                        .then())
                                        .then(end(parties, left)));
    }

    private Mono<Void> end(UUID[] parties, Instant[] left) {
        return changes.apply(
                        END,
                        sql ->
                                sql.bind("parties", parties)
                                        .bind("left", left)
                                        .bind("reason", Reasons.UNFOLLOWED)
                                        .bind("now", clock.instant()))
                .then();
    }

    /** The windows as they are now. A party that does not exist is left out. */
    public Mono<Map<UUID, Window>> windows(Collection<UUID> partyIds) {
        if (partyIds.isEmpty()) {
            return Mono.just(Map.of());
        }
        return database.sql(READ)
                .bind("parties", partyIds.toArray(UUID[]::new))
                .bind("now", clock.instant())
                .map(
                        row ->
                                Map.entry(
                                        Columns.required(row, "id", UUID.class),
                                        window(
                                                Columns.required(row, "channel", String.class),
                                                Columns.required(row, "account", String.class),
                                                Columns.required(row, "remaining", Integer.class),
                                                row.get("expires_at", Instant.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Window window(
            String channel, String account, int remaining, @Nullable Instant expiresAt) {
        return channels.findAccount(channel, account)
                .filter(ChannelAccount::canPush)
                .map(
                        found ->
                                found.windows().isEmpty()
                                        ? Window.UNLIMITED
                                        : new Window(remaining, expiresAt, remaining > 0))
                .orElse(Window.SHUT);
    }

    private boolean letsUsWrite(Opening opening) {
        return channels.findAccount(opening.channel(), opening.account())
                .filter(ChannelAccount::canPush)
                .filter(
                        account ->
                                account.windows().isEmpty()
                                        || account.window(opening.trigger()).isPresent())
                .isPresent();
    }

    private Stream<Grant> grants(Opening opening) {
        return channels
                .findAccount(opening.channel(), opening.account())
                .flatMap(account -> account.window(opening.trigger()))
                .map(rule -> new Grant(opening, rule))
                .stream();
    }

    private static Collector<Grant, ?, Map<String, Grant>> latestOfEachKind() {
        return Collectors.toMap(
                grant -> grant.opening.partyId() + "/" + grant.opening.trigger(),
                Function.identity(),
                BinaryOperator.maxBy(Comparator.comparing(grant -> grant.opening.at())));
    }

    /** So that nothing is being held for these parties while their window opens. */
    private Mono<Void> lock(UUID[] parties) {
        return parties.length == 0
                ? Mono.empty()
                : database.sql(LOCK_PARTIES).bind("parties", parties).then();
    }

    private Mono<Void> open(Collection<Grant> grants) {
        return database.sql(OPEN)
                .bind("parties", grants.stream().map(Grant::party).toArray(UUID[]::new))
                .bind("triggers", grants.stream().map(Grant::trigger).toArray(String[]::new))
                .bind("messages", grants.stream().map(Grant::messages).toArray(Integer[]::new))
                .bind("opened", grants.stream().map(Grant::openedAt).toArray(Instant[]::new))
                .bind("expiring", grants.stream().map(Grant::expiresAt).toArray(Instant[]::new))
                .bind("now", clock.instant())
                .then();
    }

    private Mono<Void> wake(UUID[] parties) {
        return parties.length == 0
                ? Mono.empty()
                : changes.apply(
                                WAKE,
                                sql -> sql.bind("parties", parties).bind("now", clock.instant()))
                        .then();
    }

    private record Grant(Opening opening, WindowRule rule) {

        UUID party() {
            return opening.partyId();
        }

        String trigger() {
            return opening.trigger().name().toLowerCase(Locale.ROOT);
        }

        int messages() {
            return rule.messages();
        }

        Instant openedAt() {
            return opening.at();
        }

        Instant expiresAt() {
            return opening.at().plus(rule.lifetime());
        }
    }
}
