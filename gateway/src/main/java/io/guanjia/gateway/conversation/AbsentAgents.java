package io.guanjia.gateway.conversation;

import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.conversation.Conversation.Elsewhere;
import io.guanjia.gateway.conversation.Conversation.WithAgent;
import io.guanjia.gateway.handoff.HandoffSettings;
import io.r2dbc.spi.Readable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Puts customers who wait for somebody that has gone back into the queue, and those whom a member
 * elsewhere does not answer: the platform does not tell of every session that ends. So it does with
 * those whom nobody elsewhere takes, at once where the platform would not pass them on. Every node
 * looks; only the first one finds the conversation as it was.
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

    private static final String NOT_ANSWERED_ELSEWHERE =
            """
            select c.id, c.colleague from conversation c
            where c.state = 'elsewhere'
              and (c.unanswered > 0
                    and c.unanswered_since < now() - :silent * interval '1 millisecond'
                or c.colleague = ''
                    and c.since < now() - :silent * interval '1 millisecond'
                    and not exists (
                        select 1 from message m
                        where m.conversation_id = c.id and m.author_kind = 'colleague'
                          and m.received_at >= c.since)
                or c.colleague = ''
                    and exists (
                        select 1 from message m join delivery d on d.message_id = m.id
                        where m.conversation_id = c.id and m.content ->> 'type' = 'native'
                          and m.author_kind = 'system' and m.author_name is null
                          and d.created_at >= c.since and d.state in ('refused', 'expired')))
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

    private record LeftAlone(UUID conversation, Conversation as) {}

    /** Completes when whoever was left alone is in the queue. */
    Mono<Void> round() {
        return Flux.concat(
                        database.sql(LEFT_ALONE)
                                .bind("away", settings.agentAway().toMillis())
                                .map(row -> new LeftAlone(id(row), agent(row)))
                                .all()
                                .concatMap(each -> release(each, WaitReason.AGENT_AWAY)),
                        database.sql(NOT_ANSWERED_ELSEWHERE)
                                .bind("silent", settings.colleagueSilent().toMillis())
                                .map(row -> new LeftAlone(id(row), colleague(row)))
                                .all()
                                .concatMap(each -> release(each, WaitReason.COLLEAGUE_SILENT)))
                .then();
    }

    private Mono<Void> release(LeftAlone each, WaitReason why) {
        return desk.release(each.conversation(), each.as(), why);
    }

    private static UUID id(Readable row) {
        return Objects.requireNonNull(row.get("id", UUID.class));
    }

    private static Conversation agent(Readable row) {
        return new WithAgent(Objects.requireNonNull(row.get("agent", String.class)));
    }

    private static Conversation colleague(Readable row) {
        return new Elsewhere(Objects.requireNonNull(row.get("colleague", String.class)));
    }

    @Override
    protected Flux<?> work() {
        var shortest =
                Collections.min(
                        List.of(LONGEST_PAUSE, settings.agentAway(), settings.colleagueSilent()));
        return Flux.interval(shortest)
                .onBackpressureDrop()
                .concatMap(_ -> Mono.defer(this::round).onErrorResume(AbsentAgents::unknown), 1);
    }

    private static Mono<Void> unknown(Throwable failure) {
        log.warn("Who left their customers alone is unknown: {}", failure.toString());
        return Mono.empty();
    }
}
