package io.guanjia.gateway.media;

import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Fetches what customers send before the platform forgets it, and shows it at the desk once it is
 * here. What is to be fetched is a row with a due time, leased by whichever node gets there first;
 * a node that dies lets its lease run out.
 */
public final class MediaIntake extends BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(MediaIntake.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Platforms keep what was sent for three days; the last hours are too close to bother. */
    private static final Duration WORTH_TRYING = Duration.ofHours(70);

    private static final int SIDE_BY_SIDE = 8;

    /** The rest of a round waits for the slowest; 20 MB come at 3 Mbit/s within it. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final String EXPECT =
            """
            insert into media_fetch (message_id, not_before)
            select id, :now from unnest(:messages) as m(id)
            """;

    private static final String LEASE =
            """
            with due as (
                select message_id from media_fetch where not_before <= :now
                order by not_before limit 16 for update skip locked
            ),
            leased as (
                update media_fetch f
                set attempts = f.attempts + 1,
                    not_before = :now
                        + interval '1 minute' * least(power(2, least(f.attempts, 6)), 60)
                from due where f.message_id = due.message_id
                returning f.message_id
            )
            select l.message_id, m.received_at, m.conversation_id, m.content::text as content,
                p.channel, p.account, p.party
            from leased l
            join message m on m.id = l.message_id
            join party p on p.id = m.party_id
            """;

    private static final String KEEP =
            """
            with bumped as (
                update conversation c set revision = c.revision + 1, changed_at = clock_timestamp()
                from message m where m.id = :message and c.id = m.conversation_id
                returning c.id, c.revision
            ),
            done as (delete from media_fetch where message_id = :message and :done)
            update message m set content = :content::jsonb, revision = b.revision
            from bumped b where m.id = :message
            """;

    private final DatabaseClient database;
    private final Channels channels;
    private final MediaFolder folder;
    private final MediaSettings settings;
    private final Doorbell doorbell;
    private final JsonMapper json;
    private final Clock clock;
    private final Duration longest;

    /**
     * @param longest how long one file may take
     */
    MediaIntake(
            DatabaseClient database,
            Channels channels,
            MediaFolder folder,
            MediaSettings settings,
            Doorbell doorbell,
            JsonMapper json,
            Clock clock,
            Duration longest) {
        this.longest = longest;
        this.database = database;
        this.channels = channels;
        this.folder = folder;
        this.settings = settings;
        this.doorbell = doorbell;
        this.json = json;
        this.clock = clock;
    }

    /** Notes in the caller's transaction that these messages carry files still to be fetched. */
    public Mono<Void> expect(Collection<UUID> messages) {
        return messages.isEmpty()
                ? Mono.empty()
                : database.sql(EXPECT)
                        .bind("messages", messages.toArray(UUID[]::new))
                        .bind("now", clock.instant())
                        .then();
    }

    private record Due(
            UUID message, Instant receivedAt, UUID conversation, Content content, Address from) {}

    /** What came of one of a message's files. */
    private record Fetched(Media media, @Nullable Media kept, boolean again) {}

    /** Emits how many there were. */
    Mono<Integer> round() {
        return lease().flatMap(due -> fetch(due).thenReturn(due), SIDE_BY_SIDE)
                .collectList()
                .map(List::size);
    }

    private Flux<Due> lease() {
        return database.sql(LEASE)
                .bind("now", clock.instant())
                .map(
                        row ->
                                new Due(
                                        Objects.requireNonNull(row.get("message_id", UUID.class)),
                                        Objects.requireNonNull(
                                                row.get("received_at", Instant.class)),
                                        Objects.requireNonNull(
                                                row.get("conversation_id", UUID.class)),
                                        json.readValue(
                                                row.get("content", String.class), Content.class),
                                        new Address(
                                                text(row, "channel"),
                                                text(row, "account"),
                                                text(row, "party"))))
                .all();
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    /** Each file by itself: a still that cannot be had costs nobody the film. */
    private Mono<Void> fetch(Due due) {
        return Flux.fromIterable(Carried.media(due.content()))
                .filter(Carried::elsewhere)
                .concatMap(media -> fetched(due, media))
                .collectList()
                .flatMap(files -> settle(due, files))
                .onErrorResume(
                        e -> {
                            log.warn(
                                    "What came of a file of {} could not be written: {}",
                                    due.from(),
                                    e.getClass().getSimpleName());
                            return Mono.empty();
                        });
    }

    private Mono<Fetched> fetched(Due due, Media media) {
        return fetch(due.from(), media, called(due.content()))
                .map(kept -> new Fetched(media, kept, false))
                .onErrorResume(failure -> Mono.just(failed(due, media, failure)));
    }

    /** What its sender called it, where the message says so. */
    private static @Nullable String called(Content content) {
        return content instanceof Content.File file ? file.name() : null;
    }

    private Mono<Media> fetch(Address from, Media media, @Nullable String name) {
        return channels.require(from.channel())
                .fetch(
                        from,
                        media,
                        stream ->
                                folder.save(
                                        stream.bytes(),
                                        stream.mimeType(),
                                        name == null ? stream.name() : name,
                                        settings.limit().toBytes()))
                .timeout(longest)
                .map(
                        stored ->
                                new Media(
                                        stored.id().toString(),
                                        media.platformId(),
                                        media.source(),
                                        stored.mimeType(),
                                        stored.size()));
    }

    /** What is gone for good, or refused, stays a placeholder; the rest comes again later. */
    private Fetched failed(Due due, Media media, Throwable failure) {
        var lasting =
                failure instanceof MediaRejected
                        || (failure instanceof MediaUnavailable gone && gone.lasting());
        var again = !lasting && clock.instant().isBefore(due.receivedAt().plus(WORTH_TRYING));
        log.warn(
                "A file of {} could not be fetched: {}{}",
                due.from(),
                failure.getClass().getSimpleName(),
                again ? ", trying again" : "");
        return new Fetched(media, null, again);
    }

    private Mono<Void> settle(Due due, List<Fetched> files) {
        var kept = new HashMap<Media, Media>();
        for (var file : files) {
            if (file.kept() != null) {
                kept.put(file.media(), file.kept());
            }
        }
        var done = files.stream().noneMatch(Fetched::again);
        if (kept.isEmpty()) {
            return done ? forget(due) : Mono.empty();
        }
        var content = Carried.with(due.content(), media -> kept.getOrDefault(media, media));
        return keep(due, content, done);
    }

    private Mono<Void> keep(Due due, Content content, boolean done) {
        return database.sql(KEEP)
                .bind("message", due.message())
                .bind("content", json.writeValueAsString(content))
                .bind("done", done)
                .then()
                .then(Mono.defer(() -> doorbell.ring(List.of(due.conversation()))));
    }

    private Mono<Void> forget(Due due) {
        return database.sql("delete from media_fetch where message_id = :message")
                .bind("message", due.message())
                .then();
    }

    @Override
    protected Flux<?> work() {
        return Mono.defer(this::round)
                .repeatWhen(rounds -> rounds.concatMap(found -> Mono.delay(PAUSE)))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, PAUSE).maxBackoff(Duration.ofSeconds(5)));
    }
}
