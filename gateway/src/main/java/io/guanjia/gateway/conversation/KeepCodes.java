package io.guanjia.gateway.conversation;

import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.journal.JournalRecord;
import io.guanjia.gateway.message.InboundMessage;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.List;

/**
 * Keeps the codes that came with messages before the messages have their effects: once they have,
 * an answer may want one.
 */
final class KeepCodes implements JournalEffects {

    private final Channels channels;
    private final OneTimeCodes codes;
    private final JournalEffects effects;

    KeepCodes(Channels channels, OneTimeCodes codes, JournalEffects effects) {
        this.channels = channels;
        this.codes = codes;
        this.effects = effects;
    }

    @Override
    public Mono<Void> work(List<JournalRecord> records) {
        return Flux.fromIterable(records)
                .map(JournalRecord::inbound)
                .ofType(InboundMessage.class)
                .flatMap(this::keep)
                .then(Mono.defer(() -> effects.work(records)));
    }

    private Mono<Void> keep(InboundMessage message) {
        return Mono.justOrEmpty(
                        channels.find(message.from().channel())
                                .flatMap(channel -> channel.codeOf(message)))
                .flatMap(code -> codes.keep(message.from(), code));
    }
}
