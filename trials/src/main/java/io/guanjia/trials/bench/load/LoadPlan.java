package io.guanjia.trials.bench.load;

import io.guanjia.trials.caller.Caller;

/**
 * What to send.
 *
 * @param path of the callbacks, such as {@code /callbacks/wechat/demo}
 * @param rate messages a second, due at even intervals; 0 for closed-loop
 * @param messages how many different requests are made beforehand; when they run out they are sent
 *     again from the first
 * @param senders how many customers take turns
 * @param duplicates the share of requests that repeat a recent one, in 0..1
 * @param caller who makes them
 */
public record LoadPlan(
        String host,
        int port,
        String path,
        int connections,
        int seconds,
        double rate,
        int messages,
        int senders,
        double duplicates,
        Caller caller) {

    boolean closedLoop() {
        return rate == 0;
    }

    /** The same at a fixed rate, with as many messages as that takes. */
    public LoadPlan atRate(double other, int otherConnections) {
        return new LoadPlan(
                host,
                port,
                path,
                otherConnections,
                seconds,
                other,
                (int) Math.ceil(other * seconds) + 1,
                senders,
                duplicates,
                caller);
    }

    /** The same for another time, with another number of messages made beforehand. */
    public LoadPlan lasting(int otherSeconds, int otherMessages) {
        return new LoadPlan(
                host,
                port,
                path,
                connections,
                otherSeconds,
                rate,
                otherMessages,
                senders,
                duplicates,
                caller);
    }
}
