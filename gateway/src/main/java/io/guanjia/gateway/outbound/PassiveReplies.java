package io.guanjia.gateway.outbound;

import io.guanjia.gateway.Pulse;
import io.guanjia.gateway.Together;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a callback that is still open carry an answer in its own response, which costs no quota.
 *
 * <p>What is claimed here is not sent by the ordinary way. Confirm it once the response is written;
 * a claim that nobody confirms ends as {@code unknown}, because the response may have got through.
 */
public final class PassiveReplies {

    private static final String LOOK =
            """
            select d.id, d.seq, d.state, d.answers is not distinct from :answers as answer,
                d.leased_at, d.claimed_at, d.expires_at, d.lane, m.content::text as content,
                exists (
                    select 1 from delivery e
                    where e.party_id = d.party_id and e.seq < d.seq and e.lane < 2
                        and e.answers is distinct from :answers
                        and (e.state = 'sending' or (e.state = 'queued'
                            and (e.not_before <= :now or e.answers is not null)
                            and not exists (%s)))
                ) as overtakes,
                exists (%s) as shut
            from delivery d join message m on m.id = d.message_id
            where d.party_id = (select id from party
                    where channel = :channel and account = :account and party = :party)
                and (d.answers = :answers or (:held and d.state = 'held'))
            order by d.seq
            for update of d
            """
                    .formatted(Circuits.shut("e"), Circuits.shut("d"));

    private static final String CLAIM =
            """
            update delivery
            set state = 'sending', reason = null, answers = :answers, lease = :lease,
                leased_at = :now, called_at = :now, claimed_at = :received, lease_until = :until,
                changed_at = :now
            where id = any(:ids)
            """;

    /**
     * Those that the platform has taken as far as we know stay as they are. Nobody holds the lease
     * any more: an earlier try may have said it, so no try may take it back.
     */
    private static final String CLAIM_AGAIN =
            """
            update delivery
            set claimed_at = :received, changed_at = :now, lease = null,
                state = case state when 'accepted' then state else 'sending' end,
                reason = case state when 'accepted' then reason end,
                lease_until = case state when 'accepted' then lease_until else :until end
            where id = any(:ids)
            """;

    private static final String GIVE_UP_CHANCE =
            """
            update delivery
            set answers = null, not_before = least(not_before, :now), changed_at = :now
            where id = any(:ids)
            """;

    private static final String CONFIRM =
            Changes.statement(
                    "",
                    """
                    select d.id, d.message_id, m.conversation_id
                    from delivery d join message m on m.id = d.message_id
                    where d.id = any(:ids)
                    """,
                    "state = 'accepted', reason = null, lease = null, lease_until = null",
                    "d.state in ('sending', 'unknown') and d.answers is not null",
                    Changes.Locked.WAIT,
                    "");

    private static final String RELEASE =
            Changes.statement(
                    "",
                    """
                    select d.id, d.message_id, m.conversation_id
                    from delivery d join message m on m.id = d.message_id
                    where d.answers = :answers and d.party_id = (select id from party
                        where channel = :channel and account = :account and party = :party)
                    """,
                    """
                    state = :state, reason = :reason, lease = null, lease_until = null,
                    not_before = least(d.not_before, :now)
                    """,
                    "d.lease = :lease and d.state in ('sending', 'unknown')",
                    Changes.Locked.WAIT,
                    "");

    /**
     * Copies of a try come together. A platform whose connection broke, or that was refused by what
     * stands before us, may be back for the answer long before its patience would have ended.
     */
    private static final Duration COPIES_WITHIN = Duration.ofMillis(750);

    private static final int MOST_CONFIRMED = 100;

    /** A database that is away for longer costs an outcome, which then counts as unknown. */
    private static final Retry UNTIL_WRITTEN =
            Retry.backoff(60, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(2));

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Channels channels;
    private final Changes changes;
    private final StoredContent stored;
    private final Pulse pulse;
    private final OutboundSettings settings;
    private final Clock clock;
    private final Together<UUID, Boolean> written = new Together<>(MOST_CONFIRMED, this::confirmed);

    PassiveReplies(
            DatabaseClient database,
            TransactionalOperator transaction,
            Channels channels,
            Changes changes,
            StoredContent stored,
            Pulse pulse,
            OutboundSettings settings,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.channels = channels;
        this.changes = changes;
        this.stored = stored;
        this.pulse = pulse;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Claims what answers one inbound message; empty when there is nothing to claim (yet).
     *
     * <p>Where the account cannot push, what was held for the party before goes along: all of it is
     * words, so it becomes one text, in order, as much as fits. The rest stays held.
     *
     * <p>The platform's next try of the same callback, on whichever node, gets the same reply
     * again. Nobody else does, and neither does a copy of a try, which comes along with it.
     *
     * <p>What is better pushed is said this way all the same while its ordinary way is shut.
     *
     * <p>An answer that cannot be said this way, or that would overtake something about to go out,
     * loses its chance and is sent by the ordinary way at once.
     */
    public Mono<PassiveReply> claim(OpenCallback callback) {
        return claim(callback, false);
    }

    /**
     * As {@link #claim}, but also without an answer to this message: the last moment for an account
     * that cannot push to get out what it holds for the party. Other accounts hold nothing that
     * could go this way.
     */
    public Mono<PassiveReply> claimHeld(OpenCallback callback) {
        return claim(callback, true);
    }

    /**
     * The response that carried these was written. Safe to repeat. Their state becomes {@code
     * accepted}, whoever still waits for that: while the database is away, as soon as it is back.
     */
    public Mono<Void> confirm(Collection<UUID> deliveries) {
        return Flux.fromIterable(deliveries).flatMap(written::ask).then();
    }

    private Mono<List<Boolean>> confirmed(List<UUID> deliveries) {
        return changes.apply(
                        CONFIRM,
                        sql ->
                                sql.bind("ids", deliveries.toArray(UUID[]::new))
                                        .bind("now", clock.instant()))
                .retryWhen(UNTIL_WRITTEN)
                .map(_ -> deliveries.stream().map(_ -> true).toList());
    }

    /**
     * What this callback claimed was certainly not written. It goes out by the ordinary way, or is
     * held again where there is none; what an earlier try may have said stays claimed.
     */
    public Mono<Void> release(OpenCallback callback) {
        var to = callback.from();
        var canPush =
                channels.findAccount(to.channel(), to.account())
                        .filter(ChannelAccount::canPush)
                        .isPresent();
        return changes.apply(
                        RELEASE,
                        sql -> {
                            var bound =
                                    sql.bind("lease", callback.id())
                                            .bind("answers", callback.answers())
                                            .bind("channel", to.channel())
                                            .bind("account", to.account())
                                            .bind("party", to.party())
                                            .bind("now", clock.instant())
                                            .bind("state", canPush ? "queued" : "held");
                            return canPush
                                    ? bound.bindNull("reason", String.class)
                                    : bound.bind("reason", Reasons.NO_PUSH);
                        })
                .then();
    }

    private Mono<PassiveReply> claim(OpenCallback callback, boolean heldAlone) {
        return Mono.defer(
                () -> {
                    var to = callback.from();
                    var account = channels.findAccount(to.channel(), to.account()).orElse(null);
                    if (account == null || account.passive() == null) {
                        return Mono.empty();
                    }
                    var canPush = account.canPush();
                    var begun = new AtomicBoolean();
                    return look(callback, canPush, retries(callback, account.passive()))
                            .map(
                                    lines ->
                                            canPush
                                                    ? PassiveChoice.first(lines, callback)
                                                    : PassiveChoice.merged(
                                                            lines, callback, heldAlone))
                            .flatMap(choice -> carryOut(choice, callback, begun).thenReturn(choice))
                            .as(transaction::transactional)
                            .onErrorResume(e -> undo(callback, begun.get()).then(Mono.error(e)))
                            .flatMap(this::afterwards);
                });
    }

    /** The claim may have been carried out although we never heard of it. */
    private Mono<Void> undo(OpenCallback callback, boolean begun) {
        return begun ? release(callback).retryWhen(UNTIL_WRITTEN).onErrorComplete() : Mono.empty();
    }

    private Mono<PassiveReply> afterwards(PassiveChoice choice) {
        return Mono.fromSupplier(
                () -> {
                    if (!choice.missed().isEmpty()) {
                        pulse.kick();
                    }
                    return choice.reply();
                });
    }

    private PassiveChoice.Retries retries(
            OpenCallback callback, ChannelAccount.PassiveReplies passive) {
        return new PassiveChoice.Retries(
                callback.receivedAt(),
                COPIES_WITHIN,
                passive.patience().multipliedBy(passive.tries()).plus(settings.passiveSlack()));
    }

    private Mono<List<PassiveChoice.Line>> look(
            OpenCallback callback, boolean canPush, PassiveChoice.Retries retries) {
        var to = callback.from();
        var now = clock.instant();
        return database.sql(LOOK)
                .bind("channel", to.channel())
                .bind("account", to.account())
                .bind("party", to.party())
                .bind("answers", callback.answers())
                .bind("held", !canPush)
                .bind("now", now)
                .map(row -> PassiveChoice.Line.read(row, stored, now, retries))
                .all()
                .collectList();
    }

    private Mono<Void> carryOut(PassiveChoice choice, OpenCallback callback, AtomicBoolean begun) {
        var now = clock.instant();
        var until = now.plus(settings.passiveLease());
        return switch (choice) {
            case PassiveChoice.Nothing(var missed) -> giveUpChance(missed, now);
            case PassiveChoice.Again(var reply) ->
                    database.sql(CLAIM_AGAIN)
                            .bind("ids", reply.deliveries().toArray(UUID[]::new))
                            .bind("received", callback.receivedAt())
                            .bind("until", until)
                            .bind("now", now)
                            .then();
            case PassiveChoice.Fresh(var reply, var missed) -> {
                begun.set(true);
                yield database.sql(CLAIM)
                        .bind("ids", reply.deliveries().toArray(UUID[]::new))
                        .bind("answers", callback.answers())
                        .bind("lease", callback.id())
                        .bind("received", callback.receivedAt())
                        .bind("until", until)
                        .bind("now", now)
                        .then()
                        .then(giveUpChance(missed, now));
            }
        };
    }

    private Mono<Void> giveUpChance(List<UUID> missed, Instant now) {
        return missed.isEmpty()
                ? Mono.empty()
                : database.sql(GIVE_UP_CHANCE)
                        .bind("ids", missed.toArray(UUID[]::new))
                        .bind("now", now)
                        .then();
    }
}
