package io.guanjia.gateway.conversation;

import io.guanjia.gateway.journal.JournalRecord;

import reactor.core.publisher.Mono;

import java.util.List;

/** What records lead to. */
interface JournalEffects {

    /**
     * Completes once every record has had its effect, once, however often it is given. Any failure
     * means that none has had it now.
     */
    Mono<Void> work(List<JournalRecord> records);
}
