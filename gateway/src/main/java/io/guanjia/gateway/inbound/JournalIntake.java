package io.guanjia.gateway.inbound;

import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.journal.Journal;
import io.guanjia.gateway.journal.JournalRecord;
import io.guanjia.gateway.message.Inbound;

import reactor.core.publisher.Mono;

import java.util.List;

/** Appends to the same journal as callbacks do. Nobody waits for an answer in a response. */
final class JournalIntake implements Intake {

    private final Journal journal;
    private final InboundMetrics metrics;

    JournalIntake(Journal journal, InboundMetrics metrics) {
        this.journal = journal;
        this.metrics = metrics;
    }

    @Override
    public Mono<Void> take(List<? extends Inbound> inbound) {
        return Mono.defer(
                () -> {
                    inbound.forEach(metrics::taken);
                    return journal.append(
                            inbound.stream().map(one -> new JournalRecord(one, null)).toList());
                });
    }
}
