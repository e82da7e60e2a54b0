package io.guanjia.gateway.conversation;

import io.guanjia.gateway.Ids;
import io.guanjia.gateway.journal.JournalCodec;
import io.guanjia.gateway.journal.JournalReader.Stored;
import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Records that could not be worked on. Each stays, with what it holds, until it is replayed: after
 * the release that can work on it.
 */
public final class DeadLetters {

    private final DatabaseClient db;
    private final JournalCodec codec;
    private final JournalEffects effects;
    private final Ids ids;
    private final Clock clock;

    DeadLetters(
            DatabaseClient db, JournalCodec codec, JournalEffects effects, Ids ids, Clock clock) {
        this.db = db;
        this.codec = codec;
        this.effects = effects;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * One of them, without what it holds, which is personal data.
     *
     * @param reason the kind of failure
     */
    public record DeadLetter(UUID id, Instant at, int partition, long offset, String reason) {}

    /** Files a record. The same record is filed once. */
    Mono<Void> bury(Stored record, String reason) {
        return db.sql(
                        """
                        insert into dead_letter (id, at, partition, kafka_offset, reason, record)
                        values ($1, $2, $3, $4, $5, $6)
                        on conflict (partition, kafka_offset, md5(record)) do nothing
                        """)
                .bind(0, ids.next())
                .bind(1, clock.instant())
                .bind(2, record.partition())
                .bind(3, record.offset())
                .bind(4, reason)
                .bind(5, record.value())
                .fetch()
                .rowsUpdated()
                .then();
    }

    /** Those filed first, at most {@code most}. */
    public Flux<DeadLetter> oldest(int most) {
        return db.sql(
                        """
                        select id, at, partition, kafka_offset, reason from dead_letter
                        order by at, id limit $1
                        """)
                .bind(0, most)
                .map(DeadLetters::letter)
                .all();
    }

    /**
     * Works on it again; emits whether there is one of this id. It is gone once it had its effect.
     * Otherwise it stays, and this fails as the work did. Later messages of its sender were worked
     * on before it.
     */
    public Mono<Boolean> replay(UUID id) {
        return db.sql("select record from dead_letter where id = $1")
                .bind(0, id)
                .map(row -> Objects.requireNonNull(row.get("record", byte[].class)))
                .one()
                .map(codec::decode)
                .flatMap(record -> effects.work(List.of(record)).then(remove(id)))
                .defaultIfEmpty(false);
    }

    private Mono<Boolean> remove(UUID id) {
        return db.sql("delete from dead_letter where id = $1")
                .bind(0, id)
                .fetch()
                .rowsUpdated()
                .thenReturn(true);
    }

    private static DeadLetter letter(Readable row) {
        return new DeadLetter(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("at", Instant.class)),
                Objects.requireNonNull(row.get("partition", Integer.class)),
                Objects.requireNonNull(row.get("kafka_offset", Long.class)),
                Objects.requireNonNull(row.get("reason", String.class)));
    }
}
