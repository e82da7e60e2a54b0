package io.guanjia.gateway.journal;

import reactor.core.publisher.Mono;

import java.util.List;

/** Works on what the journal holds. */
public interface JournalReader {

    /**
     * Completes once every record has had its effect or is filed as impossible; they are not shown
     * again then. Records of one key stand in the order they came in. Called with one batch after
     * the other, never two at a time. May see a record again after a crash.
     */
    Mono<Void> read(List<Stored> batch);

    /**
     * A record as it stands in the journal.
     *
     * @param key one key's records are in order
     */
    record Stored(int partition, long offset, String key, byte[] value) {}
}
