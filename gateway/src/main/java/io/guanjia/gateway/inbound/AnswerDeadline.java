package io.guanjia.gateway.inbound;

import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.ChannelAccount.PassiveReplies;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * By when what has to have happened for one try of a callback.
 *
 * @param speakBy until when to wait for an answer
 * @param latest after this, a response might come too late to be read
 * @param answerBy after this, no later try will bring another chance to answer in a response
 * @param letGo when to answer a try that is meant to run out, so that the platform tries again
 */
record AnswerDeadline(Instant speakBy, Instant latest, Instant answerBy, Instant letGo) {

    /** Time for a response to cross the network. */
    private static final Duration MARGIN = Duration.ofMillis(400);

    /** Time to find out what there is to say. */
    private static final Duration CLAIM = Duration.ofMillis(400);

    static AnswerDeadline of(ChannelAccount account, Instant receivedAt) {
        PassiveReplies passive = Objects.requireNonNull(account.passive());
        if (account.canPush()) {
            var by = receivedAt.plus(passive.answerWithin());
            return new AnswerDeadline(
                    by, receivedAt.plus(passive.patience()).minus(MARGIN), by, by);
        }
        var tries = passive.patience().multipliedBy(passive.tries());
        return new AnswerDeadline(
                receivedAt.plus(passive.patience()).minus(MARGIN).minus(CLAIM),
                receivedAt.plus(passive.patience()).minus(MARGIN),
                receivedAt.plus(tries).minus(MARGIN),
                receivedAt.plus(passive.patience()).plus(MARGIN));
    }
}
