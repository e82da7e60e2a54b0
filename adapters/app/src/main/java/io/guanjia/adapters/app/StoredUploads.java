package io.guanjia.adapters.app;

import static io.guanjia.adapters.app.Columns.at;
import static io.guanjia.adapters.app.Columns.id;
import static io.guanjia.adapters.app.Columns.number;

import io.guanjia.gateway.media.StoredMedia;
import io.guanjia.gateway.message.Address;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/** Uploads in PostgreSQL. */
final class StoredUploads implements Uploads {

    private static final Duration DAY = Duration.ofDays(1);

    private static final String NOTE =
            """
            insert into app_upload (media_id, account, party, size, uploaded_at)
            values (:id, :account, :party, :size, :now)
            """;

    private static final String FIND =
            """
            select media_id from app_upload
            where media_id = :id and account = :account and party = :party
            """;

    private static final String LATELY =
            """
            select count(*) as files, coalesce(sum(size), 0)::bigint as bytes from app_upload
            where account = :account and party = :party and uploaded_at > :since
            """;

    private static final String TAKEN_BACK =
            """
            select coalesce(bool_and(m.recalled_at is not null), false) as taken_back
            from message m join party p on p.id = m.party_id
            where (m.content #>> '{media,id}' = :id or m.content #>> '{thumbnail,id}' = :id)
              and p.channel = 'app'
            """;

    private final DatabaseClient database;
    private final Function<UUID, Mono<StoredMedia>> files;
    private final Clock clock;

    /**
     * @param files finds what is kept, for somebody who is about to send it
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
    public Mono<Boolean> isTakenBack(UUID file) {
        return database.sql(TAKEN_BACK)
                .bind("id", file.toString())
                .map(row -> Boolean.TRUE.equals(row.get("taken_back", Boolean.class)))
                .one();
    }
}
