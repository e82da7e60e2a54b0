package io.guanjia.gateway.media;

import io.guanjia.gateway.BackgroundWork;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Removes files that no message came to refer to: uploads that nobody sent, and what was fetched
 * for a message that was never written. Any node may; they don't get in each other's way.
 */
final class StrayFiles extends BackgroundWork {

    /**
     * For how long a file waits to be sent, and what was sent for its message to come out of the
     * journal. A file that went out as a link, which no message names, stays for the link's life
     * besides.
     */
    private static final Duration UNSENT = Duration.ofDays(3);

    private static final Logger log = LoggerFactory.getLogger(StrayFiles.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int BATCH = 100;

    private static final String REFERRED =
            """
            exists (
                select 1 from message m
                where m.content #>> '{media,id}' = f.id::text
                   or m.content #>> '{thumbnail,id}' = f.id::text)
            """;

    /** They need not be looked at again. */
    private static final String KEEP =
            """
            update media f set kept = true
            where not kept and wanted_at < :old and
            """
                    + REFERRED;

    /** A message that could not be worked on may be replayed whenever somebody likes. */
    private static final String FORGET =
            """
            with old as (
                select id from media f
                where not kept and wanted_at < :old
                    and not exists (
                        select 1 from dead_letter d
                        where d.at >= f.wanted_at - interval '1 day'
                            and position(convert_to(f.id::text, 'UTF8') in d.record) > 0)
                    and not
            """
                    + REFERRED
                    + """
                        order by wanted_at limit :batch for update skip locked
                    )
                    delete from media f using old where f.id = old.id
                    returning coalesce(f.kept_as, f.id) as bytes
                    """;

    /**
     * Only after the rows are gone: who shares bytes does so by a row that is there, and holds on
     * to it until its own is written.
     */
    private static final String NOBODYS =
            """
            select distinct b.id as bytes from unnest(:bytes) as b(id)
            where not exists (select 1 from media f where f.kept_as = b.id)
                and not exists (select 1 from media f where f.id = b.id and f.kept_as is null)
            """;

    private final DatabaseClient database;
    private final Shelf shelf;
    private final Duration life;
    private final Clock clock;

    /**
     * @param linkLife for how long a link to a file is good
     */
    StrayFiles(DatabaseClient database, Shelf shelf, Duration linkLife, Clock clock) {
        this.database = database;
        this.shelf = shelf;
        this.life = UNSENT.plus(linkLife);
        this.clock = clock;
    }

    Mono<Void> round() {
        return Mono.defer(
                () -> {
                    var old = clock.instant().minus(life);
                    return database.sql(KEEP)
                            .bind("old", old)
                            .then()
                            .then(Mono.defer(() -> some(old)))
                            .expand(found -> found == 0 ? Mono.empty() : some(old))
                            .then();
                });
    }

    /** Emits how many there were. */
    private Mono<Integer> some(Instant old) {
        return database.sql(FORGET)
                .bind("old", old)
                .bind("batch", BATCH)
                .map(row -> Objects.requireNonNull(row.get("bytes", UUID.class)))
                .all()
                .collectList()
                .flatMap(gone -> discard(gone).thenReturn(gone.size()));
    }

    private Mono<Void> discard(List<UUID> bytes) {
        return bytes.isEmpty()
                ? Mono.empty()
                : database.sql(NOBODYS)
                        .bind("bytes", bytes.toArray(UUID[]::new))
                        .map(row -> Objects.requireNonNull(row.get("bytes", UUID.class)))
                        .all()
                        .concatMap(shelf::discard)
                        .then();
    }

    @Override
    protected Flux<?> work() {
        return rounds(
                EVERY,
                this::round,
                failure ->
                        log.warn(
                                "Files that no message refers to could not be removed: {}",
                                failure.toString()));
    }
}
