package io.guanjia.gateway.journal;

import reactor.core.publisher.Mono;

import java.util.List;

/** Keeps entries for all nodes. Knows no order beyond that of confirmed entries. Any thread. */
interface Broker {

    /**
     * Completes once every entry is kept. Fails with {@link JournalUnavailable}, within the bound
     * of its settings, or with {@link EntryTooLarge}; then any of the entries may have been kept,
     * may still be later, or may not.
     */
    Mono<Void> append(List<Entry> entries);
}
