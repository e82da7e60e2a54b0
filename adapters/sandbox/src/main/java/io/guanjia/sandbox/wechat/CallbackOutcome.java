package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.wechat.callback.Answer;
import io.guanjia.sandbox.wechat.callback.CallbackTry;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * One callback from its first try to its end.
 *
 * @param number counted per account, from 1, in the order in which they ended
 * @param summary {@code text}, {@code event CLICK} …
 * @param msgId the message's id; null for an event
 * @param at when it was due, by the sandbox's clock
 * @param copy whether it repeats another because of a fault
 */
public record CallbackOutcome(
        long number,
        String openId,
        String customer,
        String summary,
        @Nullable String msgId,
        Instant at,
        boolean copy,
        List<CallbackTry> tries,
        Answer answer) {

    public CallbackOutcome {
        tries = List.copyOf(tries);
    }

    /** Whether the account's server took it. */
    public boolean acknowledged() {
        return answer.acknowledged();
    }
}
