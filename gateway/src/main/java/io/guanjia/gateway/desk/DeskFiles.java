package io.guanjia.gateway.desk;

import io.guanjia.gateway.media.FileAnswer;
import io.guanjia.gateway.media.MediaFolder;
import io.guanjia.gateway.media.StoredMedia;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.UUID;

/**
 * The files as the desk sees them. One that was sent is seen by whoever sees a conversation it was
 * sent in; one that was not, only by whoever uploaded it.
 */
@Component
final class DeskFiles {

    private static final String UPLOADED = "update media set uploaded_by = :by where id = :id";

    private static final String SEEN =
            """
            select 1 from media f
            where f.id = :id::uuid and (f.uploaded_by = :viewer or exists (
                select 1 from message m join conversation c on c.id = m.conversation_id
                where (m.content #>> '{media,id}' = :id or m.content #>> '{thumbnail,id}' = :id)
                  and (:all or c.agent is null or c.agent = :viewer)))
            """;

    private final MediaFolder folder;
    private final DatabaseClient database;

    DeskFiles(MediaFolder folder, DatabaseClient database) {
        this.folder = folder;
        this.database = database;
    }

    /** Fails with {@link io.guanjia.gateway.media.MediaRejected}. */
    Mono<StoredMedia> keep(FilePartEvent file, Flux<DataBuffer> content, Viewer by) {
        var type = file.headers().getContentType();
        return folder.save(
                        content,
                        type == null ? null : type.toString(),
                        file.filename(),
                        Long.MAX_VALUE)
                .flatMap(kept -> uploaded(kept.id(), by).thenReturn(kept));
    }

    private Mono<Void> uploaded(UUID id, Viewer by) {
        return database.sql(UPLOADED).bind("id", id).bind("by", by.username()).then();
    }

    /**
     * Empty where there is none, or where it is none of the viewer's business. Whoever looks at an
     * upload may be about to send it.
     */
    Mono<StoredMedia> find(UUID id, Viewer viewer) {
        return database.sql(SEEN)
                .bind("id", id.toString())
                .bind("viewer", viewer.username())
                .bind("all", viewer.supervises())
                .map(_ -> id)
                .one()
                .flatMap(folder::findToSend);
    }

    /** Fails with 416 where the request asks for a part that there is not. */
    ResponseEntity<Flux<DataBuffer>> answer(HttpHeaders request, StoredMedia file) {
        return FileAnswer.to(request, file, folder);
    }
}
