package io.guanjia.gateway.channel;

import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of our accounts, described in data, so that policy stays out of the adapters.
 *
 * @param canPush whether we may send of our own accord; if not, everything has to go out as a
 *     passive reply
 * @param passive how a callback can be answered in its own response; null where it cannot
 * @param windows for each trigger, how many messages it allows and for how long; a trigger that is
 *     not named allows none. Empty: the channel has no such rule
 * @param pace calls a second that the platform takes on each API it is reached through, mostly one
 *     for a message ({@link Channel#calls}); an API that is not named is not limited
 * @param capabilities what it can carry
 * @param concurrency how many messages of one API may be on their way at once from one node, where
 *     the channel knows it, such as by the window of a line; 0 where the gateway decides
 */
public record ChannelAccount(
        String name,
        boolean canPush,
        @Nullable PassiveReplies passive,
        List<WindowRule> windows,
        Map<String, Double> pace,
        Capabilities capabilities,
        int concurrency) {

    public ChannelAccount {
        windows = List.copyOf(windows);
        pace = Map.copyOf(pace);
    }

    /** One of which the gateway decides how many messages are on their way at once. */
    public ChannelAccount(
            String name,
            boolean canPush,
            @Nullable PassiveReplies passive,
            List<WindowRule> windows,
            Map<String, Double> pace,
            Capabilities capabilities) {
        this(name, canPush, passive, windows, pace, capabilities, 0);
    }

    public Optional<WindowRule> window(Trigger trigger) {
        return windows.stream().filter(rule -> rule.trigger() == trigger).findFirst();
    }

    /**
     * How many messages may follow a trigger, and for how long. A new trigger of a kind starts its
     * allowance afresh; allowances of several kinds do not add up.
     */
    public record WindowRule(Trigger trigger, int messages, Duration lifetime) {}

    /**
     * The platform waits {@code patience} for a response and tries {@code tries} times in all.
     *
     * @param answerWithin how long we hold a response back in the hope of an answer when we can
     *     also push; less than {@code patience}
     */
    public record PassiveReplies(Duration patience, int tries, Duration answerWithin) {}
}
