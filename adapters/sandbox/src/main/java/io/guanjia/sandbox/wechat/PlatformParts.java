package io.guanjia.sandbox.wechat;

import io.guanjia.sandbox.history.Changes;
import io.guanjia.sandbox.wechat.callback.CallbackSender;
import io.guanjia.sandbox.wechat.message.Pictures;

import java.time.Clock;
import java.time.Duration;

/**
 * What all accounts share.
 *
 * @param product what they are
 * @param seed makes faults repeatable
 * @param resultDelay how long after a template message its result event comes
 * @param historySize how many callbacks and calls each account remembers
 * @param chatKept how many entries each chat remembers
 */
public record PlatformParts(
        Product product,
        Clock clock,
        CallbackSender sender,
        Changes changes,
        Pictures pictures,
        long seed,
        Duration resultDelay,
        int historySize,
        int chatKept) {}
