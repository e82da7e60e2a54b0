package io.guanjia.gateway.outbound;

import io.guanjia.gateway.Pulse;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ways out that are shut, because a platform said so: a quota is used up, a secret is wrong, we are
 * too fast.
 *
 * <p>On this node a way is shut the moment the platform says so, on the others with the commit. A
 * call that is under way by then cannot be taken back, so up to {@code concurrency-per-api} of them
 * a node may still reach the platform. A way that does not open by itself lets a single message
 * through from time to time, to see.
 */
public final class Circuits {

    private static final Logger log = LoggerFactory.getLogger(Circuits.class);

    private static final String SHUT =
            """
            insert into circuit (channel, account, api, kind, reason, opened_at, until, probe_at)
            values (:channel, :account, :api, :kind, :reason, :now, :until, :probe)
            on conflict (channel, account, api) do update set
                kind = excluded.kind, reason = excluded.reason, probe_at = excluded.probe_at,
                until = case when circuit.kind = 'throttled' and excluded.kind = 'throttled'
                    then greatest(circuit.until, excluded.until) else excluded.until end
            where circuit.kind = 'throttled' or excluded.kind = 'blocked'
                or circuit.until <= excluded.opened_at
            """;

    private static final String OPEN =
            """
            select channel, account, api, kind, reason, opened_at, until from circuit
            where until is null or until > :now
            order by channel, account, api
            """;

    private static final String PROBE =
            """
            update circuit set probe_at = :next
            where channel = :channel and account = :account and api in (:api, '*')
                and until is null and probe_at <= :now
            """;

    private static final String WORKS =
            """
            delete from circuit
            where channel = :channel and account = :account and api in (:api, '*')
                and until is null
            """;

    private static final String CLOSE =
            """
            delete from circuit where channel = :channel and account = :account and api = :api
            """;

    private static final String ANY =
            """
            select exists (select 1 from circuit
                where channel = :channel and account = :account
                    and (until is null or until > :now))
            """;

    /** What was opened in the future was opened before a clock was set back, and means nothing. */
    private static final String OVER =
            """
            delete from circuit
            where until <= :now or (kind = 'throttled' and opened_at > :now + interval '10 seconds')
            returning channel, account, api
            """;

    private static final Retry UNTIL_WRITTEN =
            Retry.backoff(20, Duration.ofMillis(100)).maxBackoff(Duration.ofSeconds(5));

    /** Longer than a look takes, and no longer than the shortest stop. */
    private static final Duration OVERLAP = Outcomes.SHORTEST_STOP;

    private static final long NOT_YET_WRITTEN = Long.MAX_VALUE;

    private final DatabaseClient database;
    private final Pulse pulse;
    private final OutboundSettings settings;
    private final Clock clock;

    /**
     * Shut here, until a time from which on what is written down is seen by every statement. By
     * {@link System#nanoTime}: a clock that is set back must not keep anything shut.
     */
    private final Map<Way, Long> stopped = new ConcurrentHashMap<>();

    Circuits(DatabaseClient database, Pulse pulse, OutboundSettings settings, Clock clock) {
        this.database = database;
        this.pulse = pulse;
        this.settings = settings;
        this.clock = clock;
    }

    /** The ways that are shut now. */
    public Flux<OpenCircuit> open() {
        return database.sql(OPEN).bind("now", clock.instant()).map(Circuits::circuit).all();
    }

    /** A person has seen to it: lets messages through again. */
    public Mono<Void> close(String channel, String account, String api) {
        var way = new Way(channel, account, api);
        return at(way, CLOSE)
                .then()
                .then(
                        Mono.fromRunnable(
                                () -> {
                                    stopped.remove(way);
                                    pulse.kick();
                                }));
    }

    /** Whether the platform refuses anything at all of this account: then spare it the rest. */
    public Mono<Boolean> anyOpen(String channel, String account) {
        return database.sql(ANY)
                .bind("channel", channel)
                .bind("account", account)
                .bind("now", clock.instant())
                .mapValue(Boolean.class)
                .one();
    }

    /** A subquery that finds whatever shuts the way of a delivery. Uses {@code :now}. */
    static String shut(String delivery) {
        return """
        select 1 from circuit k
        where k.channel = %1$s.channel and k.account = %1$s.account and k.api in (%1$s.api, '*')
            and (k.until is null or k.until > :now)
        """
                .formatted(delivery);
    }

    /** The platform takes nothing this way; a person may have to act. */
    Mono<Void> blocked(Way way, String reason, @Nullable Instant until) {
        log.warn(
                "No more messages by {} of {}/{} until {}: {}",
                way.api(),
                way.channel(),
                way.account(),
                until == null ? "somebody sees to it" : until,
                reason);
        return shut(way, "blocked", reason, until);
    }

    /** We were too fast. */
    Mono<Void> throttled(Way way, String reason, Instant until) {
        return shut(way, "throttled", reason, until);
    }

    /** Whether this node knows of a stop that a look at the database may have missed. */
    boolean stoppedHere(Way way) {
        return !stopped.isEmpty() && (stopped(way) || stopped(way.wholeAccount()));
    }

    private boolean stopped(Way way) {
        var until = stopped.get(way);
        return until != null && (until == NOT_YET_WRITTEN || System.nanoTime() - until < 0);
    }

    /** Whether the caller may let one message through; nobody else may for a while. */
    Mono<Boolean> claimProbe(Way way) {
        var now = clock.instant();
        return at(way, PROBE)
                .bind("now", now)
                .bind("next", now.plus(settings.probeEvery()))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    /** The platform took a probe, or found fault with that message alone. */
    Mono<Void> worksAgain(Way way) {
        return at(way, WORKS)
                .fetch()
                .rowsUpdated()
                .flatMap(
                        rows ->
                                Mono.fromRunnable(
                                        () -> {
                                            if (rows > 0) {
                                                log.info("{} works again", way);
                                            }
                                        }));
    }

    /** Forgets those whose time is over. */
    Mono<Void> sweep() {
        return database.sql(OVER)
                .bind("now", clock.instant())
                .map(
                        row ->
                                new Way(
                                        Columns.required(row, "channel", String.class),
                                        Columns.required(row, "account", String.class),
                                        Columns.required(row, "api", String.class)))
                .all()
                .collectList()
                .flatMap(
                        over ->
                                Mono.fromRunnable(
                                        () -> {
                                            if (!over.isEmpty()) {
                                                log.info("Open again: {}", over);
                                                pulse.kick();
                                            }
                                        }));
    }

    private Mono<Void> shut(Way way, String kind, String reason, @Nullable Instant until) {
        var now = clock.instant();
        var sql = at(way, SHUT).bind("kind", kind).bind("reason", reason).bind("now", now);
        var timed =
                until == null
                        ? sql.bindNull("until", Instant.class)
                                .bind("probe", now.plus(settings.probeEvery()))
                        : sql.bind("until", until).bindNull("probe", Instant.class);
        // A look that began before the commit may bring messages after it.
        return Mono.using(
                () -> {
                    stopped.put(way, NOT_YET_WRITTEN);
                    return way;
                },
                stop -> timed.then().retryWhen(UNTIL_WRITTEN),
                stop -> stopped.put(stop, System.nanoTime() + OVERLAP.toNanos()));
    }

    private DatabaseClient.GenericExecuteSpec at(Way way, String sql) {
        return database.sql(sql)
                .bind("channel", way.channel())
                .bind("account", way.account())
                .bind("api", way.api());
    }

    private static OpenCircuit circuit(Readable row) {
        return new OpenCircuit(
                Columns.required(row, "channel", String.class),
                Columns.required(row, "account", String.class),
                Columns.required(row, "api", String.class),
                Columns.required(row, "kind", String.class).equals("blocked"),
                Columns.required(row, "reason", String.class),
                Columns.required(row, "opened_at", Instant.class),
                row.get("until", Instant.class));
    }
}
