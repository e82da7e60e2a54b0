package io.guanjia.gateway.inbound;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.inbound.Tries.Try;
import io.guanjia.gateway.live.AnswerBoard;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.outbound.OpenCallback;
import io.guanjia.gateway.outbound.PassiveReplies;
import io.guanjia.gateway.outbound.PassiveReply;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The five-second rule: an answer that is ready in time goes back in the response.
 *
 * <p>Where we may also push, a response is held back only for a moment, and an answer that misses
 * it follows by itself. Where we may not, the platform's tries are the only chance: a try whose
 * answer is not ready is left to run out, so that the next one comes, and the last is acknowledged,
 * so that the customer never reads that the service is out of order.
 */
final class AnswerInTime {

    private static final Logger log = LoggerFactory.getLogger(AnswerInTime.class);

    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(1);

    private final AnswerBoard board;
    private final PassiveReplies replies;
    private final Clock clock;
    private final Patience patience = new Patience();

    AnswerInTime(AnswerBoard board, PassiveReplies replies, Clock clock) {
        this.board = board;
        this.replies = replies;
        this.clock = clock;
    }

    /** Whether anybody would ever answer this in a response. */
    static boolean mayBeAnswered(InboundMessage message) {
        return message.trigger() != null;
    }

    /** Begins to listen for the answer, at once. */
    Waiting await(
            ChannelAccount account, InboundMessage message, Try attempt, AnswerDeadline deadline) {
        var worthWaiting = !account.canPush() || patience.worthWaiting();
        var word = worthWaiting ? listen(message, deadline.speakBy()) : Mono.<Boolean>empty();
        return new Waiting(
                account,
                message,
                attempt,
                deadline,
                worthWaiting ? deadline.answerBy() : null,
                worthWaiting && account.canPush() ? patience.learnFrom(word) : word);
    }

    /** However late somebody begins to wait for it: a look at a slow database may come before. */
    private Mono<Boolean> listen(InboundMessage message, Instant speakBy) {
        var word = board.await(message.from(), message.dedupeKey(), until(speakBy));
        return Mono.defer(() -> word.timeout(until(speakBy), Mono.empty()));
    }

    /**
     * Never fails, and waits a moment only, after which it goes on by itself: the platform's next
     * callback comes over the same connection.
     */
    Mono<Void> confirm(List<UUID> said) {
        return replies.confirm(said)
                .timeout(CONFIRMED_WITHIN, Mono.empty())
                .onErrorResume(
                        failure -> {
                            log.error(
                                    "Could not write that {} answers were said: {}",
                                    said.size(),
                                    getMostSpecificCause(failure).toString());
                            return Mono.empty();
                        });
    }

    private Duration until(Instant instant) {
        var left = Duration.between(clock.instant(), instant);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** One callback that waits for its answer. */
    final class Waiting {
        private final ChannelAccount account;
        private final InboundMessage message;
        private final Try attempt;
        private final AnswerDeadline deadline;
        private final @Nullable Instant answerBy;
        private final Mono<Boolean> word;

        private Waiting(
                ChannelAccount account,
                InboundMessage message,
                Try attempt,
                AnswerDeadline deadline,
                @Nullable Instant answerBy,
                Mono<Boolean> word) {
            this.account = account;
            this.message = message;
            this.attempt = attempt;
            this.deadline = deadline;
            this.answerBy = answerBy;
            this.word = word;
        }

        /** Until when an answer is waited for; null where nobody waits. */
        @Nullable Instant answerBy() {
            return answerBy;
        }

        /** Emits the answer, or the bare acknowledgement once there is nothing more to wait for. */
        Mono<Answer> answer(Reading.Answers form) {
            var readyBefore = attempt.number() > 1 ? claim(form) : Mono.<Answer>empty();
            return readyBefore
                    .switchIfEmpty(Mono.defer(() -> onceWorked(form)))
                    .defaultIfEmpty(Answer.of(form.acknowledgement()));
        }

        private Mono<Answer> onceWorked(Reading.Answers form) {
            return word.flatMap(
                            answered ->
                                    (answered ? claim(form) : Mono.<Answer>empty())
                                            .switchIfEmpty(Mono.defer(() -> older(form)))
                                            .map(Outcome::said)
                                            .defaultIfEmpty(Outcome.NOTHING))
                    .switchIfEmpty(Mono.defer(() -> withoutWord(form)))
                    .flatMap(outcome -> Mono.justOrEmpty(outcome.answer()));
        }

        /** Without a way to push, what was held for the customer has its chance now. */
        private Mono<Answer> older(Reading.Answers form) {
            return account.canPush() ? Mono.empty() : claim(form, replies::claimHeld);
        }

        /** No word came. It may have been lost, so an account with no other way looks once more. */
        private Mono<Outcome> withoutWord(Reading.Answers form) {
            if (account.canPush()) {
                return Mono.just(Outcome.NOTHING);
            }
            return (attempt.last() ? older(form) : claim(form))
                    .map(Outcome::said)
                    .switchIfEmpty(
                            Mono.defer(
                                    () ->
                                            attempt.last()
                                                    ? Mono.just(Outcome.NOTHING)
                                                    : Mono.delay(until(deadline.letGo()))
                                                            .thenReturn(Outcome.NOTHING)));
        }

        private Mono<Answer> claim(Reading.Answers form) {
            return claim(form, replies::claim);
        }

        private Mono<Answer> claim(
                Reading.Answers form, Function<OpenCallback, Mono<PassiveReply>> claim) {
            var callback =
                    new OpenCallback(
                            UUID.randomUUID(),
                            message.from(),
                            message.dedupeKey(),
                            message.receivedAt(),
                            content -> form.passively(content).isPresent(),
                            content -> form.asLastResort(content).isPresent(),
                            account.capabilities().text().safeBytes());
            // Whether it is said is decided once, by the claim or by the time, whichever is first.
            var decided = new AtomicBoolean();
            var claimed =
                    claim.apply(callback)
                            .flatMap(
                                    reply ->
                                            isInTime() && decided.compareAndSet(false, true)
                                                    ? Mono.just(reply)
                                                    : release(callback))
                            // Giving up on it must not cancel it half way: then nobody would
                            // know whether it was claimed.
                            .cache();
            return claimed.timeout(
                            until(deadline.latest()),
                            Mono.defer(
                                    () ->
                                            decided.compareAndSet(false, true)
                                                    ? Mono.empty()
                                                    : claimed))
                    .onErrorComplete()
                    .flatMap(reply -> Mono.justOrEmpty(spoken(form, reply)));
        }

        private boolean isInTime() {
            return clock.instant().isBefore(deadline.latest());
        }

        private Mono<PassiveReply> release(OpenCallback callback) {
            return replies.release(callback).then(Mono.empty());
        }

        private Optional<Answer> spoken(Reading.Answers form, PassiveReply reply) {
            return form.passively(reply.content())
                    .or(() -> form.asLastResort(reply.content()))
                    .map(response -> new Answer(response, reply.deliveries()));
        }
    }

    /** What waiting came to. */
    private record Outcome(Optional<Answer> answer) {
        static final Outcome NOTHING = new Outcome(Optional.empty());

        static Outcome said(Answer answer) {
            return new Outcome(Optional.of(answer));
        }
    }
}
