package io.guanjia.gateway.media;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;
import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;

/**
 * Keeps the files that messages carry on a {@link Shelf}, and what they are in the table {@code
 * media}.
 *
 * <p>A file is streamed to disk, never held in memory. It is in its place before its row exists, so
 * a row always has its file. Bytes that came before are not kept once more: the new row shares
 * them.
 */
public final class MediaFolder implements MediaStore {

    private static final String INSERT =
            """
            insert into media (id, mime_type, size, sha256, name, created_at, wanted_at)
            values (:id, :type, :size, :sha256, :name, :now, :now)
            returning id
            """;

    /** The latest, as the likeliest to be where files are kept now. */
    private static final String SAME =
            """
            select coalesce(kept_as, id) as bytes from media
            where sha256 = :sha256 and size = :size
            order by created_at desc limit 1
            """;

    /** Holds on to a row with these bytes, so that nobody takes them for nobody's meanwhile. */
    private static final String INSERT_SHARING =
            """
            with same as (
                select id from media where kept_as = :bytes or (id = :bytes and kept_as is null)
                limit 1 for key share
            )
            insert into media
                (id, mime_type, size, sha256, name, created_at, wanted_at, kept_as)
            select :id, :type, :size, :sha256, :name, :now, :now, :bytes from same
            returning id
            """;

    private static final String COLUMNS =
            "id, coalesce(kept_as, id) as bytes, mime_type, size, name";

    private static final String FIND = "select " + COLUMNS + " from media where id = :id";

    /** Not for every look. */
    private static final String WANT =
            """
            update media set wanted_at = :now
            where id = :id and not kept and wanted_at < :now - interval '1 hour'
            returning
            """
                    + COLUMNS;

    private final DatabaseClient database;
    private final Shelf shelf;
    private final MediaSettings settings;
    private final Ids ids;
    private final Clock clock;
    private final Scheduler blocking;

    MediaFolder(
            DatabaseClient database,
            Shelf shelf,
            MediaSettings settings,
            Ids ids,
            Clock clock,
            Scheduler blocking) {
        this.database = database;
        this.shelf = shelf;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.blocking = blocking;
    }

    /**
     * Keeps a file. Fails with {@link MediaRejected}, and then keeps nothing of it.
     *
     * <p>One that is not what its name says is refused, and so is a zip file or an office document
     * that says it would unpack to more than a hundred times its length and 100 MB. Archives are
     * kept as they are and never unpacked.
     *
     * @param bytes released here, whatever happens
     * @param declaredType what the sender says it is, which is not believed
     * @param name what the sender calls it
     * @param limit the longest it may be in bytes; the settings' limit holds besides
     */
    public Mono<StoredMedia> save(
            Flux<DataBuffer> bytes,
            @Nullable String declaredType,
            @Nullable String name,
            long limit) {
        var id = ids.next();
        var shown = FileName.clean(name);
        return Mono.usingWhen(
                Mono.fromSupplier(
                                () ->
                                        new Upload(
                                                unfinished(id),
                                                Math.min(limit, settings.limit().toBytes())))
                        .subscribeOn(blocking),
                upload ->
                        bytes.publishOn(blocking)
                                .reduce(upload, Upload::append)
                                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                                .flatMap(all -> keep(id, all, declaredType, shown)),
                upload -> Mono.fromRunnable(upload::close).subscribeOn(blocking));
    }

    @Override
    public Mono<MediaStream> open(String id) {
        return Mono.fromCallable(() -> UUID.fromString(id))
                .flatMap(this::find)
                .onErrorMap(IllegalArgumentException.class, e -> gone())
                .switchIfEmpty(Mono.error(MediaFolder::gone))
                .map(
                        media ->
                                new MediaStream(
                                        media.name(),
                                        media.mimeType(),
                                        media.size(),
                                        read(media, 0, media.size())));
    }

    /**
     * A part of a file.
     *
     * @param from the first byte, counted from 0
     * @param length how many
     */
    public Flux<DataBuffer> read(StoredMedia media, long from, long length) {
        return shelf.read(media.keptAs(), from, length);
    }

    /** What we know of a file; empty where there is none with this id. */
    public Mono<StoredMedia> find(UUID id) {
        return database.sql(FIND).bind("id", id).map(MediaFolder::media).one();
    }

    /** The same for whoever may be about to send it: it stays until the message is there. */
    public Mono<StoredMedia> findToSend(UUID id) {
        return database.sql(WANT)
                .bind("id", id)
                .bind("now", clock.instant())
                .map(MediaFolder::media)
                .one()
                .switchIfEmpty(find(id));
    }

    private static StoredMedia media(Readable row) {
        return new StoredMedia(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("bytes", UUID.class)),
                Objects.requireNonNull(row.get("mime_type", String.class)),
                Objects.requireNonNull(row.get("size", Long.class)),
                row.get("name", String.class));
    }

    static MediaUnavailable gone() {
        return new MediaUnavailable("not kept here", true);
    }

    private Mono<StoredMedia> keep(
            UUID id, Upload upload, @Nullable String declaredType, @Nullable String name) {
        if (upload.size() == 0) {
            return Mono.error(new MediaRejected(MediaRejected.Kind.EMPTY));
        }
        var type =
                upload.type(declaredType, name)
                        .filter(settings.types()::contains)
                        .filter(found -> FileName.fits(name, found));
        if (type.isEmpty()) {
            return Mono.error(new MediaRejected(MediaRejected.Kind.TYPE));
        }
        if (upload.isBomb(type.get())) {
            return Mono.error(new MediaRejected(MediaRejected.Kind.TOO_LARGE));
        }
        var media = new StoredMedia(id, type.get(), upload.size(), name);
        var sha256 = upload.sha256OfAll();
        return share(media, sha256)
                .switchIfEmpty(Mono.defer(() -> keepItsOwn(media, upload, sha256)));
    }

    /** Empty where these bytes never came before, or are not to be had any more. */
    private Mono<StoredMedia> share(StoredMedia media, byte[] sha256) {
        return database.sql(SAME)
                .bind("sha256", ByteBuffer.wrap(sha256))
                .bind("size", media.size())
                .map(row -> Objects.requireNonNull(row.get("bytes", UUID.class)))
                .one()
                .filterWhen(this::isThere)
                .flatMap(
                        bytes ->
                                described(database.sql(INSERT_SHARING), media, sha256)
                                        .bind("bytes", bytes)
                                        .map(_ -> media.sharing(bytes))
                                        .one());
    }

    private Mono<Boolean> isThere(UUID bytes) {
        return shelf.read(bytes, 0, 1)
                .map(DataBufferUtils::release)
                .count()
                .map(pieces -> pieces > 0)
                .onErrorReturn(false);
    }

    private Mono<StoredMedia> keepItsOwn(StoredMedia media, Upload upload, byte[] sha256) {
        return shelf.keep(media.id(), upload)
                .then(
                        Mono.defer(
                                () ->
                                        described(database.sql(INSERT), media, sha256)
                                                .map(_ -> media)
                                                .one()))
                .onErrorResume(e -> shelf.discard(media.id()).then(Mono.error(e)));
    }

    private GenericExecuteSpec described(
            GenericExecuteSpec insert, StoredMedia media, byte[] sha256) {
        var sql =
                insert.bind("id", media.id())
                        .bind("type", media.mimeType())
                        .bind("size", media.size())
                        .bind("sha256", ByteBuffer.wrap(sha256))
                        .bind("now", clock.instant());
        var name = media.name();
        return name == null ? sql.bindNull("name", String.class) : sql.bind("name", name);
    }

    /** Where a file is until it is whole: on this node, whoever keeps it then. */
    private Path unfinished(UUID id) {
        return unfinished(settings).resolve(id + ".part");
    }

    static Path unfinished(MediaSettings settings) {
        return settings.folder().resolve("unfinished");
    }
}
