package io.guanjia.gateway.outbound;

import io.guanjia.gateway.Together;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * Writes down what came of a try. Only the try that holds the lease may, also after the lease ran
 * out: knowing late is better than not knowing.
 */
final class Outcomes {

    /** Of many tries at once. */
    private static final String ACCEPTED =
            Changes.statement(
                    "",
                    """
                    select d.id, d.message_id, m.conversation_id, a.lease, a.platform
                    from unnest(:ids::uuid[], :leases::uuid[], :platforms::text[])
                        as a(id, lease, platform)
                    join delivery d on d.id = a.id
                    join message m on m.id = d.message_id
                    """,
                    "state = 'accepted', reason = null, platform_id = t.platform, lease = null,"
                            + " lease_until = null",
                    "d.lease = t.lease and d.state in ('sending', 'unknown')",
                    Changes.Locked.WAIT,
                    "");

    private static final int MOST_ACCEPTED = 100;

    private static final String ENDED = ofTry("state = :state, reason = :reason", "");

    private static final String ENDED_UNTAKEN =
            ofTry("state = :state, reason = :reason", Leases.RELEASE);

    private static final String AGAIN =
            ofTry(
                    "state = 'queued', reason = :reason, not_before = :due, attempts = :attempts",
                    Leases.RELEASE);

    /** Windows that opened after the try began are not what the platform spoke of. */
    private static final String WINDOW_SPENT =
            ofTry(
                    "state = 'queued', reason = :reason",
                    """
                    , spent as (
                        update reply_window w set used = greatest(w.used, w.messages) from changed
                        where w.party_id = changed.party_id
                            and w.recorded_at <= changed.leased_at
                    )
                    """);

    /** However short a platform says, or our clock makes it: never a loop without a pause. */
    static final Duration SHORTEST_STOP = Duration.ofSeconds(1);

    private final Changes changes;
    private final Circuits circuits;
    private final OutboundSettings settings;
    private final Clock clock;
    private final Together<Taken, Boolean> taken = new Together<>(MOST_ACCEPTED, this::accepted);

    Outcomes(Changes changes, Circuits circuits, OutboundSettings settings, Clock clock) {
        this.changes = changes;
        this.circuits = circuits;
        this.settings = settings;
        this.clock = clock;
    }

    /** What the platform took, and its id, null where it gives none. */
    private record Taken(UUID id, UUID lease, @Nullable String platform) {}

    Mono<Void> accepted(Leased leased, Accepted accepted) {
        var id = accepted.platformId();
        return taken.ask(new Taken(leased.id(), leased.lease(), id.isEmpty() ? null : id))
                .then(verdict(leased));
    }

    private Mono<List<Boolean>> accepted(List<Taken> all) {
        return changes.apply(
                        ACCEPTED,
                        sql ->
                                sql.bind("ids", all.stream().map(Taken::id).toArray(UUID[]::new))
                                        .bind(
                                                "leases",
                                                all.stream().map(Taken::lease).toArray(UUID[]::new))
                                        .bind(
                                                "platforms",
                                                all.stream()
                                                        .map(Taken::platform)
                                                        .toArray(String[]::new))
                                        .bind("now", clock.instant()))
                .map(_ -> all.stream().map(_ -> true).toList());
    }

    Mono<Void> failed(Leased leased, DeliveryException failure) {
        var reason = failure.reason();
        return switch (failure) {
            case Throttled throttled -> slowDown(leased, throttled);
            case Unavailable unavailable -> tryAgain(leased, unavailable);
            case WindowClosed _ -> windowClosed(leased, reason).then(verdict(leased));
            case Unreachable _, Refused _ -> refused(leased, reason).then(verdict(leased));
            case Blocked blocked -> blocked(leased, blocked);
            case OutcomeUnknown _ -> end(leased, ENDED, DeliveryState.UNKNOWN, reason);
        };
    }

    Mono<Void> refused(Leased leased, String reason) {
        return end(leased, ENDED_UNTAKEN, DeliveryState.REFUSED, reason);
    }

    private Mono<Void> slowDown(Leased leased, Throttled throttled) {
        var pause = atLeast(throttled.retryAfter());
        if (throttled.isAlone()) {
            return again(leased, throttled.reason(), pause, leased.attempts())
                    .then(verdict(leased));
        }
        return circuits.throttled(leased.way(), throttled.reason(), clock.instant().plus(pause))
                .then(again(leased, throttled.reason(), pause, leased.attempts()));
    }

    /**
     * What stops another API than the one the message goes out by, such as that for files, is this
     * message's misfortune: it ends, so that others of the customer need not wait for days, and
     * whoever wrote it can say it without.
     */
    private Mono<Void> blocked(Leased leased, Blocked blocked) {
        var way =
                blocked.api() == null
                        ? leased.way().wholeAccount()
                        : new Way(leased.way().channel(), leased.way().account(), blocked.api());
        var until = blocked.until();
        var soonest = clock.instant().plus(SHORTEST_STOP);
        var own = blocked.api() == null || way.equals(leased.way());
        return circuits.blocked(
                        way,
                        blocked.reason(),
                        until == null || until.isAfter(soonest) ? until : soonest)
                .then(
                        own
                                ? again(leased, blocked.reason(), Duration.ZERO, leased.attempts())
                                : refused(leased, blocked.reason()));
    }

    private static Duration atLeast(Duration pause) {
        return pause.compareTo(SHORTEST_STOP) < 0 ? SHORTEST_STOP : pause;
    }

    private Mono<Void> tryAgain(Leased leased, Unavailable unavailable) {
        var reason = unavailable.reason();
        var few = unavailable.mostRetries() < settings.attempts();
        // What failed for another reason does not count where the platform counts.
        var tries = few && !reason.equals(leased.reason()) ? 1 : leased.attempts() + 1;
        return tries >= settings.attempts() || tries > unavailable.mostRetries()
                ? end(leased, ENDED_UNTAKEN, DeliveryState.REFUSED, reason)
                : again(leased, reason, pauseAfter(unavailable, tries), tries);
    }

    /** Back into the queue: the next round finds no allowance and holds it, or finds a new one. */
    private Mono<Void> windowClosed(Leased leased, String reason) {
        return leased.limited()
                ? write(leased, WINDOW_SPENT, sql -> sql.bind("reason", reason))
                : end(leased, ENDED_UNTAKEN, DeliveryState.HELD, reason);
    }

    private Mono<Void> again(Leased leased, String reason, Duration pause, int attempts) {
        return write(
                leased,
                AGAIN,
                sql ->
                        sql.bind("reason", reason)
                                .bind("due", clock.instant().plus(pause))
                                .bind("attempts", attempts));
    }

    private Mono<Void> end(Leased leased, String statement, DeliveryState state, String reason) {
        return write(
                leased, statement, sql -> sql.bind("state", state.stored()).bind("reason", reason));
    }

    /** The platform looked at a message, so the way is open. */
    private Mono<Void> verdict(Leased leased) {
        return leased.probe() ? circuits.worksAgain(leased.way()) : Mono.empty();
    }

    private Mono<Void> write(
            Leased leased, String statement, UnaryOperator<GenericExecuteSpec> more) {
        return changes.apply(
                        statement,
                        sql ->
                                more.apply(
                                        sql.bind("id", leased.id())
                                                .bind("lease", leased.lease())
                                                .bind("now", clock.instant())))
                .then();
    }

    /**
     * Doubles with each try, or twice where there may be few, and varies by half, so that what
     * failed together comes apart.
     */
    private Duration pauseAfter(Unavailable unavailable, int tries) {
        var longest = settings.longestBackOff().toMillis();
        var doublings =
                unavailable.mostRetries() < settings.attempts() ? 2 * (tries - 1) : tries - 1;
        var doubled = settings.backOff().toMillis() << Math.min(doublings, 20);
        var pause = Math.min(doubled, longest);
        return Duration.ofMillis(
                pause / 2 + ThreadLocalRandom.current().nextLong(Math.max(pause, 1)));
    }

    private static String ofTry(String set, String after) {
        return Changes.statement(
                "",
                """
                select d.id, d.message_id, m.conversation_id
                from delivery d join message m on m.id = d.message_id
                where d.id = :id
                """,
                set + ", lease = null, lease_until = null",
                "d.lease = :lease and d.state in ('sending', 'unknown')",
                Changes.Locked.WAIT,
                after);
    }
}
