package io.guanjia.adapters.app;

import static java.util.Objects.requireNonNull;

import io.guanjia.gateway.media.MediaFolder;
import io.guanjia.gateway.media.StoredMedia;
import io.guanjia.gateway.message.Address;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.UUID;

/** Uploads in PostgreSQL. */
final class StoredUploads implements Uploads {

    private final DatabaseClient database;
    private final MediaFolder folder;

    StoredUploads(DatabaseClient database, MediaFolder folder) {
        this.database = database;
        this.folder = folder;
    }

    @Override
    public Mono<Void> note(UUID file, Address by) {
        return database.sql(
                        """
                        insert into app_upload (media_id, account, party)
                        values (:id, :account, :party)
                        """)
                .bind("id", file)
                .bind("account", by.account())
                .bind("party", by.party())
                .then();
    }

    @Override
    public Mono<StoredMedia> find(UUID file, Address by) {
        return database.sql(
                        """
                        select media_id from app_upload
                        where media_id = :id and account = :account and party = :party
                        """)
                .bind("id", file)
                .bind("account", by.account())
                .bind("party", by.party())
                .map(row -> requireNonNull(row.get("media_id", UUID.class)))
                .one()
                .flatMap(folder::find);
    }
}
