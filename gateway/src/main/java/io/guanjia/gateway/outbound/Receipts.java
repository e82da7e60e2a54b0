package io.guanjia.gateway.outbound;

import io.guanjia.gateway.Together;
import io.guanjia.gateway.message.Receipt;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes the platforms' word on what became of our messages.
 *
 * <p>A receipt can be here before the id it names is committed. It is parked then; whoever stores
 * the id looks for parked receipts after the commit, and whoever parks one looks for the id again
 * afterwards, so that one of the two finds the other.
 *
 * <p>Of a message whose outcome is unknown we have no id, because the answer that brought it was
 * lost. Where a platform names ours as well, its id is learnt from the receipt ({@link LostIds}).
 */
public final class Receipts {

    private static final int BATCH = 500;

    private static final String SET =
            """
            state = case t.outcome when 'failed' then 'refused' else t.outcome end,
            reason = case t.outcome when 'failed' then coalesce(t.reason, 'undelivered') end
            """
                    .strip();

    /**
     * Read is more than delivered, delivered is more than accepted, anything is more than unknown;
     * nothing goes back.
     */
    private static final String FORWARD =
            """
            d.state in ('accepted', 'unknown') or (d.state = 'delivered' and t.outcome = 'read')
            """;

    private static final String GIVEN =
            """
            unnest(:channels::text[], :accounts::text[], :ids::text[], :outcomes::text[],
                :reasons::text[]) as r(channel, account, platform_id, outcome, reason)
            """;

    private static final String APPLY =
            Changes.statement(
                    "",
                    """
                    select d.id, d.message_id, m.conversation_id, r.outcome, r.reason
                    from %s
                    join delivery d on d.channel = r.channel and d.account = r.account
                        and d.platform_id = r.platform_id
                    join message m on m.id = d.message_id
                    """
                            .formatted(GIVEN),
                    SET,
                    FORWARD,
                    Changes.Locked.WAIT,
                    "");

    /**
     * Also where the message is known and could not be changed yet: it is on its way still, or its
     * id came just now.
     */
    private static final String PARK =
            """
            insert into parked_receipt (channel, account, platform_id, outcome, reason, parked_at)
            select r.channel, r.account, r.platform_id, r.outcome, r.reason, :now
            from %s
            where not exists (select 1 from delivery d where d.channel = r.channel
                and d.account = r.account and d.platform_id = r.platform_id
                and (d.state not in ('sending', 'accepted', 'unknown')) is true
                and (d.state <> 'delivered' or r.outcome <> 'read'))
            on conflict do nothing
            """
                    .formatted(GIVEN);

    private static final String SETTLE =
            settle(
                    """
                    unnest(:channels::text[], :accounts::text[], :ids::text[])
                        as g(channel, account, platform_id)
                    """);

    /** What a crash kept from being settled at once. */
    private static final String SETTLE_LEFT_OVER =
            settle(
                    """
                    (select channel, account, platform_id
                        from parked_receipt join delivery using (channel, account, platform_id)
                        where (delivery.state <> 'sending') is true
                        limit :batch) as g
                    """);

    private static final String FORGET = "delete from parked_receipt where parked_at < :before";

    private final DatabaseClient database;
    private final Changes changes;
    private final LostIds lostIds;
    private final OutboundSettings settings;
    private final Clock clock;
    private final Together<Stored, Boolean> settling = new Together<>(BATCH, this::settle);

    Receipts(DatabaseClient database, Changes changes, OutboundSettings settings, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.lostIds = new LostIds(changes);
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Applies receipts. Repeating is harmless, and so is any order: a delivery never goes back, and
     * one that arrived stays so. A failure means {@code refused}, with the platform's reason.
     *
     * <p>Best called outside a transaction; within one, a receipt that came too early is found by
     * the next sweep.
     */
    public Mono<Void> apply(List<Receipt> receipts) {
        if (receipts.isEmpty()) {
            return Mono.empty();
        }
        var best =
                receipts.stream()
                        .collect(
                                Collectors.toMap(
                                        Receipts::subject,
                                        Function.identity(),
                                        BinaryOperator.maxBy(
                                                Comparator.comparingInt(Receipts::weight))))
                        .values();
        return lostIds.learn(best, clock.instant())
                .then(changes.apply(APPLY, sql -> given(sql, best)))
                .then(given(database.sql(PARK), best).fetch().rowsUpdated())
                .filter(parked -> parked > 0)
                .flatMap(
                        parked ->
                                settle(
                                        texts(best, receipt -> receipt.from().channel()),
                                        texts(best, receipt -> receipt.from().account()),
                                        texts(best, Receipt::platformId)))
                .then();
    }

    /** The id of this message is stored now: applies what was parked for it. */
    Mono<Void> settle(Way way, String platformId) {
        return settling.ask(new Stored(way, platformId)).then();
    }

    private Mono<List<Boolean>> settle(List<Stored> all) {
        return settle(
                        all.stream().map(one -> one.way.channel()).toArray(String[]::new),
                        all.stream().map(one -> one.way.account()).toArray(String[]::new),
                        all.stream().map(Stored::platformId).toArray(String[]::new))
                .then(Mono.fromSupplier(() -> all.stream().map(_ -> true).toList()));
    }

    private record Stored(Way way, String platformId) {}

    /** Applies whatever has become applicable, and forgets what nobody asked for. */
    Mono<Void> sweep() {
        return changes.apply(
                        SETTLE_LEFT_OVER,
                        sql -> sql.bind("batch", BATCH).bind("now", clock.instant()))
                .then(
                        database.sql(FORGET)
                                .bind("before", clock.instant().minus(settings.keepReceipts()))
                                .then());
    }

    private Mono<Void> settle(
            @Nullable String[] channels,
            @Nullable String[] accounts,
            @Nullable String[] platformIds) {
        return changes.apply(
                        SETTLE,
                        sql ->
                                sql.bind("channels", channels)
                                        .bind("accounts", accounts)
                                        .bind("ids", platformIds)
                                        .bind("now", clock.instant()))
                .then();
    }

    /**
     * @param given channel, account and platform id of messages, known as {@code g}
     */
    private static String settle(String given) {
        return Changes.statement(
                """
                found as (
                    delete from parked_receipt r using %s, delivery d
                    where r.channel = g.channel and r.account = g.account
                        and r.platform_id = g.platform_id
                        and d.channel = g.channel and d.account = g.account
                        and d.platform_id = g.platform_id and (d.state <> 'sending') is true
                    returning d.id, r.outcome, r.reason
                ),
                """
                        .formatted(given),
                """
                select distinct on (d.id) d.id, d.message_id, m.conversation_id,
                    found.outcome, found.reason
                from found join delivery d on d.id = found.id
                join message m on m.id = d.message_id
                order by d.id, array_position(array['read', 'delivered', 'failed'],
                    found.outcome)
                """,
                SET,
                FORWARD,
                Changes.Locked.WAIT,
                "");
    }

    private GenericExecuteSpec given(GenericExecuteSpec sql, Collection<Receipt> receipts) {
        return sql.bind("channels", texts(receipts, receipt -> receipt.from().channel()))
                .bind("accounts", texts(receipts, receipt -> receipt.from().account()))
                .bind("ids", texts(receipts, Receipt::platformId))
                .bind("outcomes", texts(receipts, Receipts::outcome))
                .bind("reasons", texts(receipts, Receipt::reason))
                .bind("now", clock.instant());
    }

    private static @Nullable String[] texts(
            Collection<Receipt> receipts, Function<Receipt, @Nullable String> value) {
        return receipts.stream().map(value).toArray(String[]::new);
    }

    private static String outcome(Receipt receipt) {
        return receipt.outcome().name().toLowerCase(Locale.ROOT);
    }

    private static List<String> subject(Receipt receipt) {
        return List.of(receipt.from().channel(), receipt.from().account(), receipt.platformId());
    }

    private static int weight(Receipt receipt) {
        return switch (receipt.outcome()) {
            case FAILED -> 0;
            case DELIVERED -> 1;
            case READ -> 2;
        };
    }
}
