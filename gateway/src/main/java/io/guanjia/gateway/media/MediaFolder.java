package io.guanjia.gateway.media;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.channel.MediaStore;
import io.guanjia.gateway.channel.MediaStream;
import io.guanjia.gateway.channel.MediaUnavailable;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.r2dbc.core.DatabaseClient;

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
 * a row always has its file.
 */
public final class MediaFolder implements MediaStore {

    private static final String INSERT =
            """
            insert into media (id, mime_type, size, sha256, name, created_at)
            values (:id, :type, :size, :sha256, :name, :now)
            """;

    private static final String FIND = "select mime_type, size, name from media where id = :id";

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
     * <p>One that is not what its name says is refused. An archive, be it a bomb, is kept as it is
     * where the settings allow archives: it counts by its own length and is never unpacked.
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

    /** As {@link #save(Flux, String, String, long)}, of a file on its way through us. */
    public Mono<StoredMedia> save(MediaStream stream, long limit) {
        return save(stream.bytes(), stream.mimeType(), stream.name(), limit);
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
                                        read(media.id(), 0, media.size())));
    }

    /**
     * A part of a file.
     *
     * @param from the first byte, counted from 0
     * @param length how many
     */
    public Flux<DataBuffer> read(UUID id, long from, long length) {
        return shelf.read(id, from, length);
    }

    /** What we know of a file; empty where there is none with this id. */
    public Mono<StoredMedia> find(UUID id) {
        return database.sql(FIND)
                .bind("id", id)
                .map(
                        row ->
                                new StoredMedia(
                                        id,
                                        Objects.requireNonNull(row.get("mime_type", String.class)),
                                        Objects.requireNonNull(row.get("size", Long.class)),
                                        row.get("name", String.class)))
                .one();
    }

    /** Removes the bytes of a file whose row is gone, as far as possible. Never fails. */
    public Mono<Void> discard(UUID id) {
        return shelf.discard(id);
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
        var media = new StoredMedia(id, type.get(), upload.size(), name);
        return shelf.keep(id, upload)
                .then(Mono.defer(() -> insert(media, upload.sha256OfAll())))
                .thenReturn(media)
                .onErrorResume(e -> shelf.discard(id).then(Mono.error(e)));
    }

    private Mono<Void> insert(StoredMedia media, byte[] sha256) {
        var sql =
                database.sql(INSERT)
                        .bind("id", media.id())
                        .bind("type", media.mimeType())
                        .bind("size", media.size())
                        .bind("sha256", ByteBuffer.wrap(sha256))
                        .bind("now", clock.instant());
        var name = media.name();
        return (name == null ? sql.bindNull("name", String.class) : sql.bind("name", name)).then();
    }

    /** Where a file is until it is whole: on this node, whoever keeps it then. */
    private Path unfinished(UUID id) {
        return unfinished(settings).resolve(id + ".part");
    }

    static Path unfinished(MediaSettings settings) {
        return settings.folder().resolve("unfinished");
    }
}
