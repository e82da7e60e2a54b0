package io.guanjia.gateway.media;

import io.guanjia.gateway.Errands;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Messages whose files only the platform has so far. Each is a row with a due time, leased by
 * whichever node gets there first; a node that dies lets its lease run out.
 */
final class AwaitedFiles implements Errands.Queue<AwaitedFiles.Source, AwaitedFiles.Due> {

    /** In the same transaction as the messages, which it reads. */
    private static final String EXPECT =
            """
            insert into media_fetch (message_id, channel, account, not_before)
            select m.id, p.channel, p.account, :now
            from message m
            join party p on p.id = m.party_id
            where m.id = any(:messages)
            """;

    /** Walks from account to account along the index, however many files each of them has. */
    private static final String ACCOUNTS =
            """
            with recursive source(channel, account) as (
                (select channel, account from media_fetch order by channel, account limit 1)
                union all
                select next.channel, next.account from source s cross join lateral (
                    select f.channel, f.account from media_fetch f
                    where (f.channel, f.account) > (s.channel, s.account)
                    order by f.channel, f.account limit 1) next
            )
            select channel, account from source s where exists (
                select 1 from media_fetch f
                where f.channel = s.channel and f.account = s.account and f.not_before <= :now)
            """;

    private static final String LEASE =
            """
            with due as (
                select message_id from media_fetch
                where channel = :channel and account = :account and not_before <= :now
                order by not_before limit :most for update skip locked
            ),
            leased as (
                update media_fetch f
                set attempts = f.attempts + 1,
                    not_before = :now
                        + interval '1 minute' * least(power(2, least(greatest(f.attempts - 11, 0), 6)), 60)
                from due where f.message_id = due.message_id
                returning f.message_id, f.attempts
            )
            select l.message_id, l.attempts, m.received_at, m.conversation_id, m.content::text as content,
                p.party
            from leased l
            join message m on m.id = l.message_id
            join party p on p.id = m.party_id
            """;

    private static final String MINE =
            """
            with mine as (
                select message_id as id from media_fetch
                where message_id = :message and attempts = :attempts for update
            )
            """;

    private static final String KEEP =
            MINE
                    + """
                    , bumped as (
                        update conversation c
                        set revision = c.revision + 1, changed_at = clock_timestamp()
                        from message m join mine on mine.id = m.id
                        where c.id = m.conversation_id
                        returning c.revision
                    ),
                    done as (
                        delete from media_fetch f using mine where f.message_id = mine.id and :done
                    )
                    update message m set content = :content::jsonb, revision = b.revision
                    from bumped b, mine where m.id = mine.id
                    """;

    private static final String AGAIN =
            MINE
                    + """
                    update media_fetch f set not_before = :at
                    from mine where f.message_id = mine.id
                    """;

    private static final String FORGET =
            MINE + "delete from media_fetch f using mine where f.message_id = mine.id";

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Clock clock;

    AwaitedFiles(DatabaseClient database, JsonMapper json, Clock clock) {
        this.database = database;
        this.json = json;
        this.clock = clock;
    }

    /** Whose platform has them. */
    record Source(String channel, String account) {}

    /**
     * A message that this node has for now.
     *
     * @param attempts how often it was leased, this time included
     */
    record Due(
            UUID message,
            int attempts,
            Instant receivedAt,
            UUID conversation,
            Content content,
            Address from) {}

    Mono<Void> expect(Collection<UUID> messages) {
        return database.sql(EXPECT)
                .bind("messages", messages.toArray(UUID[]::new))
                .bind("now", clock.instant())
                .then();
    }

    @Override
    public Flux<Source> accounts() {
        return database.sql(ACCOUNTS)
                .bind("now", clock.instant())
                .map(row -> new Source(text(row, "channel"), text(row, "account")))
                .all();
    }

    /**
     * For a minute, and longer once they were leased a dozen times: what takes a node down with it
     * does so ever more seldom.
     */
    @Override
    public Flux<Due> lease(Source source, int most) {
        return database.sql(LEASE)
                .bind("now", clock.instant())
                .bind("channel", source.channel())
                .bind("account", source.account())
                .bind("most", most)
                .map(row -> due(row, source))
                .all()
                .flatMap(Mono::justOrEmpty);
    }

    /** What was stored in a form that this release cannot read waits for one that can. */
    private Optional<Due> due(Readable row, Source source) {
        try {
            return Optional.of(
                    new Due(
                            Objects.requireNonNull(row.get("message_id", UUID.class)),
                            Objects.requireNonNull(row.get("attempts", Integer.class)),
                            Objects.requireNonNull(row.get("received_at", Instant.class)),
                            Objects.requireNonNull(row.get("conversation_id", UUID.class)),
                            json.readValue(text(row, "content"), Content.class),
                            new Address(source.channel(), source.account(), text(row, "party"))));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    /**
     * Does nothing where somebody else has it by now.
     *
     * @param content with what has come
     * @param done whether nothing more is to come
     */
    Mono<Void> keep(Due due, Content content, boolean done) {
        return database.sql(KEEP)
                .bind("message", due.message())
                .bind("attempts", due.attempts())
                .bind("content", json.writeValueAsString(content))
                .bind("done", done)
                .then();
    }

    /** Is due at that time, whatever is left of the lease. */
    Mono<Void> again(Due due, Instant at) {
        return database.sql(AGAIN)
                .bind("message", due.message())
                .bind("attempts", due.attempts())
                .bind("at", at)
                .then();
    }

    /** Nothing will come of it. */
    Mono<Void> forget(Due due) {
        return database.sql(FORGET)
                .bind("message", due.message())
                .bind("attempts", due.attempts())
                .then();
    }
}
