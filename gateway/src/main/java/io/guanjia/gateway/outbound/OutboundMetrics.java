package io.guanjia.gateway.outbound;

import io.guanjia.gateway.channel.Contacts;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.DeliveryException.Blocked;
import io.guanjia.gateway.channel.DeliveryException.OutcomeUnknown;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.DeliveryException.Throttled;
import io.guanjia.gateway.channel.DeliveryException.Unavailable;
import io.guanjia.gateway.channel.DeliveryException.Unreachable;
import io.guanjia.gateway.channel.DeliveryException.WindowClosed;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.util.List;
import java.util.Locale;

/**
 * What the way out looks like from outside. Labels name channels, accounts and APIs, never people.
 *
 * <ul>
 *   <li>{@code guanjia.sends}: tries, how long they took, by outcome; outcome {@code unsafe}, where
 *       a platform objects to what we say, is worth an alarm
 *   <li>{@code guanjia.deliveries.waiting} and {@code guanjia.deliveries.oldest} (seconds), by lane
 *       and state
 *   <li>{@code guanjia.window.holds}: deliveries put aside until the customer writes
 *   <li>{@code guanjia.circuit.open}: 1 for each way that is shut; kind {@code blocked} is worth an
 *       alarm
 * </ul>
 */
final class OutboundMetrics {

    private static final String WAITING =
            """
            select channel, account, lane, state, count(*) as waiting,
                extract(epoch from :now - min(created_at))::float8 as oldest
            from delivery where state in ('queued', 'held')
            group by channel, account, lane, state
            """;

    private final MeterRegistry registry;
    private final DatabaseClient database;
    private final Circuits circuits;
    private final Contacts contacts;
    private final Clock clock;
    private final MultiGauge waiting;
    private final MultiGauge oldest;
    private final MultiGauge open;

    OutboundMetrics(
            MeterRegistry registry,
            DatabaseClient database,
            Circuits circuits,
            Contacts contacts,
            Clock clock) {
        this.registry = registry;
        this.database = database;
        this.circuits = circuits;
        this.contacts = contacts;
        this.clock = clock;
        waiting =
                MultiGauge.builder("guanjia.deliveries.waiting")
                        .description("Deliveries that have not gone out yet")
                        .register(registry);
        oldest =
                MultiGauge.builder("guanjia.deliveries.oldest")
                        .description("Age of the oldest delivery that has not gone out yet")
                        .baseUnit("seconds")
                        .register(registry);
        open =
                MultiGauge.builder("guanjia.circuit.open")
                        .description("Ways out that are shut")
                        .register(registry);
    }

    Timer.Sample start() {
        return Timer.start(registry);
    }

    /**
     * @param failure null where the platform took the message
     */
    void sent(Way way, @Nullable DeliveryException failure, Timer.Sample since) {
        if (failure == null) {
            contacts.reached(way.channel(), way.account());
        }
        since.stop(registry.timer("guanjia.sends", tags(way).and("outcome", outcome(failure))));
    }

    int held(Way way, int messages) {
        if (messages > 0) {
            registry.counter("guanjia.window.holds", tags(way)).increment(messages);
        }
        return messages;
    }

    /** Counts what waits and what is shut. */
    Mono<Void> measure() {
        return database.sql(WAITING)
                .bind("now", clock.instant())
                .map(Waiting::read)
                .all()
                .collectList()
                .zipWith(circuits.open().collectList())
                .flatMap(both -> Mono.fromRunnable(() -> show(both.getT1(), both.getT2())));
    }

    private void show(List<Waiting> queues, List<OpenCircuit> shut) {
        waiting.register(
                queues.stream().map(one -> MultiGauge.Row.of(one.tags, one.count)).toList(), true);
        oldest.register(
                queues.stream().map(one -> MultiGauge.Row.of(one.tags, one.oldest)).toList(), true);
        open.register(
                shut.stream().map(one -> MultiGauge.Row.of(OutboundMetrics.tags(one), 1)).toList(),
                true);
    }

    private static Tags tags(Way way) {
        return Tags.of("channel", way.channel(), "account", way.account(), "api", way.api());
    }

    private static Tags tags(OpenCircuit circuit) {
        return Tags.of(
                "channel", circuit.channel(),
                "account", circuit.account(),
                "api", circuit.api(),
                "kind", circuit.alarm() ? "blocked" : "throttled");
    }

    private static String outcome(@Nullable DeliveryException failure) {
        return switch (failure) {
            case null -> "accepted";
            case Throttled _ -> "throttled";
            case Unavailable _ -> "unavailable";
            case WindowClosed _ -> "window-closed";
            case Unreachable _ -> "unreachable";
            case Refused refused -> refused.isUnsafe() ? "unsafe" : "refused";
            case Blocked _ -> "blocked";
            case OutcomeUnknown _ -> "unknown";
        };
    }

    private record Waiting(Tags tags, long count, double oldest) {

        static Waiting read(Readable row) {
            var lane = Lane.ofRank(Columns.required(row, "lane", Short.class));
            return new Waiting(
                    Tags.of(
                            "channel", Columns.required(row, "channel", String.class),
                            "account", Columns.required(row, "account", String.class),
                            "lane", lane.name().toLowerCase(Locale.ROOT),
                            "state", Columns.required(row, "state", String.class)),
                    Columns.required(row, "waiting", Long.class),
                    Columns.required(row, "oldest", Double.class));
        }
    }
}
