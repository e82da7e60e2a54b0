package io.guanjia.gateway.inbound;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Channel;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Channels;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.journal.Journal;
import io.guanjia.gateway.journal.JournalRecord;
import io.guanjia.gateway.message.InboundMessage;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;

/** Takes one callback in, and says how to answer it. */
final class ReceiveCallback {

    private final Channels channels;
    private final Journal journal;
    private final Tries tries;
    private final AnswerInTime answers;
    private final InboundMetrics metrics;

    ReceiveCallback(
            Channels channels,
            Journal journal,
            Tries tries,
            AnswerInTime answers,
            InboundMetrics metrics) {
        this.channels = channels;
        this.journal = journal;
        this.tries = tries;
        this.answers = answers;
        this.metrics = metrics;
    }

    /** Answers the check a platform makes when our address is entered in its console. */
    Mono<CallbackResponse> handshake(Callback callback) {
        return Mono.defer(
                        () -> {
                            account(callback);
                            return channel(callback).handshake(callback);
                        })
                .map(answer -> heard(callback, answer));
    }

    private CallbackResponse heard(Callback callback, CallbackResponse answer) {
        metrics.greeted(callback);
        return answer;
    }

    /**
     * Emits the answer once everything the callback brought is durable. Fails with {@link
     * UnknownAccount}, {@link io.guanjia.gateway.channel.CallbackRejected} or {@link
     * io.guanjia.gateway.journal.JournalUnavailable}; the platform then tries again or gives up.
     */
    Mono<Answer> receive(Callback callback) {
        return Mono.defer(
                () -> {
                    var account = account(callback);
                    return channel(callback)
                            .read(callback)
                            .flatMap(reading -> keep(callback, account, reading));
                });
    }

    private Mono<Answer> keep(Callback callback, ChannelAccount account, Reading reading) {
        metrics.received(callback, reading.inbound());
        var answerable = answerable(account, reading);
        return answerable == null
                ? append(reading, null).thenReturn(Answer.of(reading.answers().acknowledgement()))
                : keepAndAnswer(callback, account, reading, answerable);
    }

    private Mono<Answer> keepAndAnswer(
            Callback callback, ChannelAccount account, Reading reading, InboundMessage message) {
        var deadline = AnswerDeadline.of(account, callback.receivedAt());
        return tries.count(account, message, callback.receivedAt())
                .flatMap(
                        attempt -> {
                            var waiting = answers.await(account, message, attempt, deadline);
                            // A try that follows a durable one brings nothing new.
                            var durable =
                                    attempt.durable()
                                            ? Mono.<Void>empty()
                                            : append(reading, waiting.answerBy())
                                                    .then(
                                                            Mono.fromRunnable(
                                                                    () -> tries.durable(message)));
                            return durable.then(
                                    attempt.copy()
                                            ? Mono.just(
                                                    Answer.of(reading.answers().acknowledgement()))
                                            : waiting.answer(reading.answers()));
                        });
    }

    private Mono<Void> append(Reading reading, @Nullable Instant answerBy) {
        return journal.append(
                reading.inbound().stream()
                        .map(inbound -> new JournalRecord(inbound, answerBy))
                        .toList());
    }

    /** The one message that an answer in the response would be an answer to. */
    private static @Nullable InboundMessage answerable(ChannelAccount account, Reading reading) {
        var inbound = reading.inbound();
        return account.passive() != null
                        && inbound.size() == 1
                        && inbound.getFirst() instanceof InboundMessage message
                        && AnswerInTime.mayBeAnswered(message)
                ? message
                : null;
    }

    private Channel channel(Callback callback) {
        return channels.find(callback.channel()).orElseThrow(UnknownAccount::new);
    }

    private ChannelAccount account(Callback callback) {
        return channels.findAccount(callback.channel(), callback.account())
                .orElseThrow(UnknownAccount::new);
    }

    /** The path names a channel or account we do not have. */
    static final class UnknownAccount extends RuntimeException {
        UnknownAccount() {
            super("unknown channel or account", null, false, false);
        }
    }
}
