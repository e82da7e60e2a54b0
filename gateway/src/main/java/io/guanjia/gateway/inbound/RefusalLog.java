package io.guanjia.gateway.inbound;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says in the log that callbacks were refused, once in a while for each account and reason, so that
 * a stranger cannot fill it. Every single one is in {@link InboundMetrics}.
 */
final class RefusalLog {

    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);
    private static final Duration ONE_LINE_IN = Duration.ofMinutes(1);

    private final Map<String, Said> lines = new ConcurrentHashMap<>();
    private final Clock clock;

    RefusalLog(Clock clock) {
        this.clock = clock;
    }

    private record Said(Instant at, long since) {}

    /**
     * Notes one.
     *
     * @param channel and the account: names from our settings, never a request's
     * @param reason a fixed word, such as {@code signature}
     * @return whether it made a line
     */
    boolean refused(int status, String channel, String account, String reason) {
        var now = clock.instant();
        var said =
                lines.merge(
                        channel + "/" + account + " " + reason,
                        new Said(now, 0),
                        (before, first) ->
                                now.isBefore(before.at.plus(ONE_LINE_IN))
                                        ? new Said(before.at, before.since + 1)
                                        : new Said(now, 0));
        var speak = said.since == 0;
        if (speak) {
            log.warn(
                    "Refused a callback for {}/{}: {} ({}). More of the same within {} s are only"
                            + " counted",
                    channel,
                    account,
                    status,
                    reason,
                    ONE_LINE_IN.toSeconds());
        }
        return speak;
    }
}
