package io.guanjia.gateway.outbound;

import io.guanjia.gateway.channel.Channels;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** What a person can do about messages that did not get through. */
public final class Deliveries {

    private static final String FIND =
            """
            select d.channel, d.account, m.content::text as content
            from delivery d join message m on m.id = d.message_id
            where d.message_id = :message and d.state in ('refused', 'expired', 'unknown')
                -- what a platform was to know at that moment is not for later
                and (m.author_kind = 'system' and m.author_name is null
                    and m.content ->> 'type' = 'native') is not true
            """;

    private static final String RETRY =
            Changes.statement(
                    "",
                    """
                    select d.id, d.message_id, m.conversation_id
                    from delivery d join message m on m.id = d.message_id
                    where d.message_id = :message
                    """,
                    """
                    state = :state, reason = :reason, api = :api, uses_window = :window,
                    seq = default, attempts = 0, not_before = :now, expires_at = :expiring,
                    answers = null, lease = null, lease_until = null, platform_id = null,
                    may_have_arrived = d.may_have_arrived or d.state = 'unknown'
                    """
                            .strip(),
                    "d.state in ('refused', 'expired', 'unknown')",
                    Changes.Locked.WAIT,
                    "");

    /** Once it is queued: that locks the conversation, which comes before its deliveries. */
    private static final String AS_ANOTHER =
            """
            update delivery set id = :id
            where message_id = :message and state in ('queued', 'held') and not may_have_arrived
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Channels channels;
    private final Changes changes;
    private final StoredContent stored;
    private final OutboundSettings settings;
    private final Clock clock;

    Deliveries(
            DatabaseClient database,
            TransactionalOperator transaction,
            Channels channels,
            Changes changes,
            StoredContent stored,
            OutboundSettings settings,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.channels = channels;
        this.changes = changes;
        this.stored = stored;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Sends a message again that was refused, has expired, or of which nobody knows whether it
     * arrived. It takes its place behind what the party has waiting by now. May run in the caller's
     * transaction; emits whether there was such a message.
     *
     * <p>What certainly never arrived goes out as another delivery: a platform that keeps a message
     * from arriving twice by the delivery's id has seen the old one, and would drop it in silence.
     */
    public Mono<Boolean> retry(UUID message) {
        return database.sql(FIND)
                .bind("message", message)
                .map(this::route)
                .one()
                .flatMap(route -> route.map(found -> requeue(message, found)).orElse(Mono.just(0)))
                .map(changed -> changed > 0)
                .as(transaction::transactional)
                .defaultIfEmpty(false);
    }

    /** Looked up anew: the settings may have changed since. */
    private Optional<NewRoute> route(Readable row) {
        var channel = Columns.required(row, "channel", String.class);
        var account = Columns.required(row, "account", String.class);
        return channels.findAccount(channel, account)
                .flatMap(
                        found ->
                                stored.read(Columns.required(row, "content", String.class))
                                        .map(channels.require(channel)::route)
                                        .map(
                                                route ->
                                                        new NewRoute(
                                                                route.api(),
                                                                route.usesWindow(),
                                                                found.canPush()
                                                                        || !route.usesWindow())));
    }

    private Mono<Integer> requeue(UUID message, NewRoute route) {
        var now = clock.instant();
        return changes.apply(
                        RETRY,
                        sql -> {
                            var common =
                                    sql.bind("message", message)
                                            .bind("api", route.api)
                                            .bind("window", route.usesWindow)
                                            .bind("now", now)
                                            .bind("expiring", now.plus(settings.retryLife()));
                            return route.canPush
                                    ? common.bind("state", DeliveryState.QUEUED.stored())
                                            .bindNull("reason", String.class)
                                    : common.bind("state", DeliveryState.HELD.stored())
                                            .bind("reason", Reasons.NO_PUSH);
                        })
                .flatMap(
                        changed ->
                                changed > 0
                                        ? asAnother(message).thenReturn(changed)
                                        : Mono.just(changed));
    }

    private Mono<Void> asAnother(UUID message) {
        return database.sql(AS_ANOTHER)
                .bind("id", UUID.randomUUID())
                .bind("message", message)
                .then();
    }

    private record NewRoute(String api, boolean usesWindow, boolean canPush) {}
}
