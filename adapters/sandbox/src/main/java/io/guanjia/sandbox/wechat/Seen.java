package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.wechat.message.Bubble;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One thing in a customer's chat.
 *
 * @param number counted per customer, from 1
 * @param at when it appeared, by the sandbox's clock
 * @param servicer the service account it was sent as, when one was named
 */
public record Seen(long number, Instant at, Via via, Bubble bubble, @Nullable String servicer) {

    /** The words in it. */
    public String words() {
        return bubble.words();
    }
}
