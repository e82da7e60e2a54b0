package io.guanjia.gateway.conversation;

import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.handoff.HandoffSettings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * Puts customers who wait for somebody that has gone back into the queue. Every node looks; only
 * the first one finds the conversation with that agent still.
 */
final class AbsentAgents extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(AbsentAgents.class);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** While somebody's desk is open anywhere, their sign of life is seconds old. */
    private static final String LEFT_ALONE =
            """
            select c.id, c.agent from conversation c
            left join desk_user u on u.username = c.agent
            where c.state = 'agent' and c.unanswered > 0
              and greatest(u.presence_at, c.since) < now() - :away * interval '1 millisecond'
            limit 200
            """;

    private final DatabaseClient database;
    private final DeskWork desk;
    private final HandoffSettings settings;

    AbsentAgents(DatabaseClient database, DeskWork desk, HandoffSettings settings) {
        this.database = database;
        this.desk = desk;
        this.settings = settings;
    }

    private record LeftAlone(UUID conversation, String agent) {}

    /** Completes when whoever was left alone is back in the queue. */
    Mono<Void> round() {
        return database.sql(LEFT_ALONE)
                .bind("away", settings.agentAway().toMillis())
                .map(
                        row ->
                                new LeftAlone(
                                        Objects.requireNonNull(row.get("id", UUID.class)),
                                        Objects.requireNonNull(row.get("agent", String.class))))
                .all()
                .concatMap(each -> desk.release(each.conversation(), each.agent()))
                .then();
    }

    @Override
    protected Flux<?> work() {
        var away = settings.agentAway();
        return Flux.interval(away.compareTo(LONGEST_PAUSE) < 0 ? away : LONGEST_PAUSE)
                .onBackpressureDrop()
                .concatMap(_ -> Mono.defer(this::round).onErrorResume(AbsentAgents::unknown), 1);
    }

    private static Mono<Void> unknown(Throwable failure) {
        log.warn("Who left their customers alone is unknown: {}", failure.toString());
        return Mono.empty();
    }
}
