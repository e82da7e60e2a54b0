package io.guanjia.adapters.app;

import static io.guanjia.adapters.app.Columns.at;
import static io.guanjia.adapters.app.Columns.id;
import static io.guanjia.adapters.app.Columns.number;

import io.guanjia.gateway.media.StoredMedia;
import io.guanjia.gateway.message.Address;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/** Uploads in PostgreSQL. */
final class StoredUploads implements Uploads {

    /**
     * For how long a file waits to be sent, and what was sent for its message to come out of the
     * journal.
     */
    static final Duration UNSENT = Duration.ofDays(3);

    private static final Duration DAY = Duration.ofDays(1);
    private static final int BATCH = 100;

    private static final String NOTE =
            """
            insert into app_upload (media_id, account, party, size, uploaded_at, touched_at)
            values (:id, :account, :party, :size, :now, :now)
            """;

    private static final String FIND =
            """
            update app_upload set touched_at = :now
            where media_id = :id and account = :account and party = :party
            returning media_id
            """;

    private static final String LATELY =
            """
            select count(*) as files, coalesce(sum(size), 0)::bigint as bytes from app_upload
            where account = :account and party = :party and uploaded_at > :since
            """;

    private static final String REFERRED =
            """
            exists (
                select 1 from message m
                where m.content #>> '{media,id}' = u.media_id::text
                   or m.content #>> '{thumbnail,id}' = u.media_id::text)
            """;

    /** They need not be looked at again. */
    private static final String KEEP =
            """
            update app_upload u set kept = true
            where not kept and touched_at < :old and
            """
                    + REFERRED;

    private static final String FORGET =
            """
            with old as (
                select media_id from app_upload u
                where not kept and touched_at < :old and not
            """
                    + REFERRED
                    + """
                        order by touched_at limit :batch for update skip locked
                    )
                    delete from media using old where media.id = old.media_id returning media.id
                    """;

    private final DatabaseClient database;
    private final Function<UUID, Mono<StoredMedia>> files;
    private final Clock clock;

    /**
     * @param files finds what is kept
     */
    StoredUploads(DatabaseClient database, Function<UUID, Mono<StoredMedia>> files, Clock clock) {
        this.database = database;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public Mono<Void> note(StoredMedia file, Address by) {
        return at(database.sql(NOTE), by)
                .bind("id", file.id())
                .bind("size", file.size())
                .bind("now", clock.instant())
                .then();
    }

    @Override
    public Mono<StoredMedia> find(UUID file, Address by) {
        return at(database.sql(FIND), by)
                .bind("id", file)
                .bind("now", clock.instant())
                .map(row -> id(row, "media_id"))
                .one()
                .flatMap(files);
    }

    @Override
    public Mono<Used> lately(Address by) {
        return at(database.sql(LATELY), by)
                .bind("since", clock.instant().minus(DAY))
                .map(row -> new Used(number(row, "files"), number(row, "bytes")))
                .one();
    }

    @Override
    public Flux<UUID> forget() {
        return Flux.defer(
                () -> {
                    var old = clock.instant().minus(UNSENT);
                    return database.sql(KEEP)
                            .bind("old", old)
                            .then()
                            .thenMany(
                                    database.sql(FORGET)
                                            .bind("old", old)
                                            .bind("batch", BATCH)
                                            .map(row -> id(row, "id"))
                                            .all());
                });
    }
}
