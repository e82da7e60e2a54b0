package io.guanjia.gateway.outbound;

import io.guanjia.gateway.Together;
import io.guanjia.gateway.channel.ChannelAccount;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Takes what is due out of the queue, so that no two senders ever have the same delivery. */
final class Leases {

    private static final String ALLOWANCE =
            """
            select 1 from reply_window w
            where w.party_id = d.party_id and w.expires_at > :now and w.used < w.messages
            """;

    /**
     * A window is looked at once more when it is locked: until then another node may have taken its
     * last message for a delivery by another API.
     */
    private static final String LEASE =
            """
            with chosen as materialized (
                select d.id, d.party_id, d.uses_window from delivery d
                where d.id = any(array(%s))
                    and (d.state = 'queued') is true
                    and d.not_before <= :now and d.expires_at > :now
                    and (not d.uses_window or :pushes and (not :limited or exists (%s)))
                    and (:probe or not exists (%s))
                order by d.lane, d.seq
                limit :wanted
                for update of d skip locked
            ),
            allowance as materialized (
                select w.party_id, w.trigger, w.used < w.messages as open from reply_window w
                where :limited and w.expires_at > :now
                    and w.party_id in (select party_id from chosen where uses_window)
                order by w.party_id, w.trigger
                for no key update
            ),
            granted as materialized (
                select c.id, c.party_id from chosen c
                where not c.uses_window or not :limited
                    or exists (select 1 from allowance a where a.party_id = c.party_id and a.open)
            ),
            reserved as (
                update reply_window w set used = w.used + 1
                from allowance a
                where a.party_id = w.party_id and a.trigger = w.trigger
                    and a.party_id in (select party_id from granted)
            ),
            leased as (
                update delivery d
                set state = 'sending', lease = :lease, leased_at = :now, lease_until = :until,
                    called_at = null, answers = null, changed_at = :now
                from granted
                where d.id = any(array(select id from granted)) and d.id = granted.id
                returning d.*
            )
            select d.id, d.party, d.uses_window, d.attempts, d.reason, d.lane, m.content::text as content,
                m.author_kind, m.author_name
            from leased d join message m on m.id = d.message_id
            order by d.lane, d.seq
            """
                    .formatted(DueDeliveries.FRONT, ALLOWANCE, Circuits.shut("d"));

    /**
     * The call begins now. Not where somebody else may have the delivery by now, and not where the
     * way was shut since it was leased, on whichever node.
     */
    private static final String CALL =
            """
            with mine as (
                select d.id from unnest(:ids::uuid[], :leases::uuid[], :probes::boolean[])
                        as t(id, lease, probe)
                join delivery d on d.id = t.id and d.lease = t.lease
                where d.state = 'sending' and d.lease_until > :now
                    and (t.probe or not exists (%s))
                order by d.id for no key update of d
            )
            update delivery d set called_at = :now, lease_until = :until
            from mine where d.id = mine.id
            returning d.id
            """
                    .formatted(Circuits.shut("d"));

    /** What a try has taken from the windows and certainly did not use. Follows {@code changed}. */
    static final String RELEASE =
            """
            , released as (
                update reply_window w set used = greatest(w.used - 1, 0) from changed
                where changed.uses_window and w.party_id = changed.party_id
                    and w.recorded_at <= changed.leased_at and w.expires_at > changed.leased_at
            )
            """;

    private static final String GIVE_BACK =
            """
            with changed as (
                update delivery set state = 'queued', lease = null, lease_until = null,
                    called_at = null
                where lease = :lease and state = 'sending' and (:every or id = :id)
                returning *
            )
            %s
            select count(*) from changed
            """
                    .formatted(RELEASE);

    /**
     * Nobody opens a window of these parties while we decide. Whoever is at it right now is left
     * alone: there is another round.
     */
    private static final String WITHOUT_ALLOWANCE =
            """
            select d.id from delivery d join party p on p.id = d.party_id
            where d.id = any(array(%s)) and d.expires_at > :now
                and d.uses_window and (:every or not exists (%s))
            for no key update of p skip locked
            """
                    .formatted(DueDeliveries.FRONT, ALLOWANCE);

    private static final String HOLD =
            Changes.statement(
                    "",
                    """
                    select d.id, d.message_id, m.conversation_id
                    from delivery d join message m on m.id = d.message_id
                    where d.id = any(:ids)
                    """,
                    "state = 'held', reason = :reason",
                    "d.state = 'queued' and (:every or not exists (%s))".formatted(ALLOWANCE),
                    Changes.Locked.SKIP,
                    "");

    private static final int MOST_CALLS = 100;

    private static final Retry UNTIL_WRITTEN =
            Retry.backoff(60, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(2));

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Changes changes;
    private final StoredContent stored;
    private final OutboundSettings settings;
    private final Clock clock;
    private final Together<Leased, Boolean> calls = new Together<>(MOST_CALLS, this::call);

    Leases(
            DatabaseClient database,
            TransactionalOperator transaction,
            Changes changes,
            StoredContent stored,
            OutboundSettings settings,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.changes = changes;
        this.stored = stored;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Leases up to {@code wanted} deliveries, each reserving one message of its reply window in the
     * same statement.
     *
     * @param account whose reply windows count, where it has any; who may only answer gets nothing
     *     that needs one
     * @param probe whether to pass an open circuit
     */
    Mono<List<Leased>> lease(Way way, ChannelAccount account, int wanted, boolean probe) {
        var limited = !account.windows().isEmpty();
        var lease = UUID.randomUUID();
        var now = clock.instant();
        return database.sql(LEASE)
                .bind("channel", way.channel())
                .bind("account", way.account())
                .bind("api", way.api())
                .bind("limited", limited)
                .bind("pushes", account.canPush())
                .bind("probe", probe)
                .bind("wanted", wanted)
                .bind("lease", lease)
                .bind("now", now)
                .bind("until", now.plus(settings.lease()))
                .map(row -> Leased.read(row, stored, way, lease, limited, probe))
                .all()
                .collectList()
                .onErrorResume(e -> undo(lease).then(Mono.error(e)));
    }

    /**
     * To be asked right before the call: from here on, a node that dies leaves an outcome that
     * nobody knows. Emits whether the call may be made.
     */
    Mono<Boolean> call(Leased leased) {
        return calls.ask(leased);
    }

    private Mono<List<Boolean>> call(List<Leased> leased) {
        var now = clock.instant();
        return database.sql(CALL)
                .bind("ids", leased.stream().map(Leased::id).toArray(UUID[]::new))
                .bind("leases", leased.stream().map(Leased::lease).toArray(UUID[]::new))
                .bind("probes", leased.stream().map(Leased::probe).toArray(Boolean[]::new))
                .bind("now", now)
                .bind("until", now.plus(settings.lease()))
                .mapValue(UUID.class)
                .all()
                .collect(Collectors.toSet())
                .map(begun -> leased.stream().map(one -> begun.contains(one.id())).toList());
    }

    /**
     * This try certainly did not begin: back into the queue, and the window gets its share back.
     */
    Mono<Void> giveBack(Leased leased) {
        return giveBack(leased.lease(), leased.id(), false);
    }

    /**
     * Puts aside what is due and has no allowance left, until the customer writes. Emits how many.
     *
     * @param every all that is due and needs a window, because the account may only answer
     */
    Mono<Integer> hold(Way way, boolean every) {
        var now = clock.instant();
        return database.sql(WITHOUT_ALLOWANCE)
                .bind("channel", way.channel())
                .bind("account", way.account())
                .bind("api", way.api())
                .bind("every", every)
                .bind("now", now)
                .mapValue(UUID.class)
                .all()
                .collectList()
                .filter(ids -> !ids.isEmpty())
                .flatMap(
                        ids ->
                                changes.apply(
                                        HOLD,
                                        sql ->
                                                sql.bind("ids", ids.toArray(UUID[]::new))
                                                        .bind("every", every)
                                                        .bind(
                                                                "reason",
                                                                every
                                                                        ? Reasons.NO_PUSH
                                                                        : Reasons.WINDOW)
                                                        .bind("now", now)))
                .as(transaction::transactional)
                .defaultIfEmpty(0);
    }

    /** The statement may have been carried out although we never heard of it. */
    private Mono<Void> undo(UUID lease) {
        return giveBack(lease, lease, true)
                .retryWhen(UNTIL_WRITTEN)
                .onErrorResume(e -> Mono.empty());
    }

    private Mono<Void> giveBack(UUID lease, UUID id, boolean every) {
        return database.sql(GIVE_BACK)
                .bind("lease", lease)
                .bind("id", id)
                .bind("every", every)
                .then();
    }
}
