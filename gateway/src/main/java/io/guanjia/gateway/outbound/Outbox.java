package io.guanjia.gateway.outbound;

import io.guanjia.gateway.Pulse;
import io.guanjia.gateway.channel.Channels;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Where everything that is to go out is left: by the bot, by a person, by a campaign.
 *
 * <p>A delivery exists from the commit on and always ends in a state with a reason.
 */
public final class Outbox {

    private static final String ENQUEUE =
            """
            insert into delivery (id, message_id, party_id, channel, account, party, api,
                uses_window, lane, state, reason, not_before, expires_at, answers,
                created_at, changed_at)
            select d.id, d.message_id, d.party_id, d.channel, d.account, d.party, d.api,
                d.uses_window, d.lane, d.state, d.reason, d.not_before, d.expires_at, d.answers,
                :now, :now
            from unnest(:ids::uuid[], :messages::uuid[], :parties::uuid[], :channels::text[],
                    :accounts::text[], :names::text[], :apis::text[], :windows::boolean[],
                    :lanes::smallint[], :states::text[], :reasons::text[],
                    :due::timestamptz[], :expiring::timestamptz[], :answers::text[])
                with ordinality
                as d(id, message_id, party_id, channel, account, party, api, uses_window, lane,
                    state, reason, not_before, expires_at, answers, place)
            order by d.place
            """;

    private final DatabaseClient database;
    private final Channels channels;
    private final Pulse pulse;
    private final Clock clock;

    Outbox(DatabaseClient database, Channels channels, Pulse pulse, Clock clock) {
        this.database = database;
        this.channels = channels;
        this.pulse = pulse;
        this.clock = clock;
    }

    /**
     * Stores deliveries in the caller's transaction, in one statement. For one party they go out in
     * this order. The messages they carry must have been stored before.
     *
     * <p>What an account that cannot push has to say is held until the customer writes, unless
     * {@link PassiveReplies} fetches it for a callback that is still open.
     */
    public Mono<Void> enqueue(List<NewDelivery> deliveries) {
        return Mono.defer(() -> deliveries.isEmpty() ? Mono.empty() : insert(deliveries));
    }

    /** Makes this node's sender look at once. To be called after the commit; never blocks. */
    public void kick() {
        pulse.kick();
    }

    private Mono<Void> insert(List<NewDelivery> deliveries) {
        var now = clock.instant();
        var rows = deliveries.stream().map(delivery -> plan(delivery, now)).toList();
        return database.sql(ENQUEUE)
                .bind("ids", column(rows, row -> row.delivery.id()).toArray(UUID[]::new))
                .bind(
                        "messages",
                        column(rows, row -> row.delivery.messageId()).toArray(UUID[]::new))
                .bind("parties", column(rows, row -> row.delivery.partyId()).toArray(UUID[]::new))
                .bind("channels", texts(rows, row -> row.delivery.to().channel()))
                .bind("accounts", texts(rows, row -> row.delivery.to().account()))
                .bind("names", texts(rows, row -> row.delivery.to().party()))
                .bind("apis", texts(rows, Planned::api))
                .bind("windows", column(rows, Planned::usesWindow).toArray(Boolean[]::new))
                .bind(
                        "lanes",
                        column(rows, row -> row.delivery.lane().rank()).toArray(Short[]::new))
                .bind("states", texts(rows, row -> row.state.stored()))
                .bind("reasons", texts(rows, Planned::reason))
                .bind("due", column(rows, Planned::notBefore).toArray(Instant[]::new))
                .bind(
                        "expiring",
                        column(rows, row -> row.delivery.expiresAt()).toArray(Instant[]::new))
                .bind("answers", texts(rows, Planned::answers))
                .bind("now", now)
                .then();
    }

    private Planned plan(NewDelivery delivery, Instant now) {
        var to = delivery.to();
        var account = channels.findAccount(to.channel(), to.account());
        if (account.isEmpty()) {
            return new Planned(
                    delivery, "none", false, DeliveryState.REFUSED, Reasons.NO_ACCOUNT, now);
        }
        var route = channels.require(to.channel()).route(delivery.message());
        if (!account.get().canPush() && route.usesWindow()) {
            return new Planned(
                    delivery,
                    route.api(),
                    route.usesWindow(),
                    DeliveryState.HELD,
                    Reasons.NO_PUSH,
                    now);
        }
        var chance = delivery.passive();
        return new Planned(
                delivery,
                route.api(),
                route.usesWindow(),
                DeliveryState.QUEUED,
                null,
                chance == null ? now : chance.until());
    }

    private static <T> List<T> column(List<Planned> rows, Function<Planned, T> value) {
        return rows.stream().map(value).toList();
    }

    private static @Nullable String[] texts(
            List<Planned> rows, Function<Planned, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private record Planned(
            NewDelivery delivery,
            String api,
            boolean usesWindow,
            DeliveryState state,
            @Nullable String reason,
            Instant notBefore) {

        @Nullable String answers() {
            var chance = delivery.passive();
            return chance == null || state == DeliveryState.REFUSED ? null : chance.answers();
        }
    }
}
