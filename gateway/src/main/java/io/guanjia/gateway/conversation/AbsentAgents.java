package io.guanjia.gateway.conversation;

import io.guanjia.gateway.handoff.HandoffSettings;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * Puts customers who wait for somebody that has gone back into the queue. Every node looks; only
 * the first one finds the conversation with that agent still.
 */
final class AbsentAgents implements SmartLifecycle {

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
    private volatile @Nullable Disposable running;

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
    public void start() {
        var away = settings.agentAway();
        var pause = away.compareTo(LONGEST_PAUSE) < 0 ? away : LONGEST_PAUSE;
        running =
                Flux.interval(pause)
                        .onBackpressureDrop()
                        .concatMap(
                                _ ->
                                        Mono.defer(this::round)
                                                .onErrorResume(
                                                        failure -> {
                                                            log.warn(
                                                                    "Who left their customers"
                                                                            + " alone is unknown:"
                                                                            + " {}",
                                                                    failure.toString());
                                                            return Mono.empty();
                                                        }),
                                1)
                        .subscribe();
    }

    @Override
    public void stop() {
        var subscription = running;
        running = null;
        if (subscription != null) {
            subscription.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
