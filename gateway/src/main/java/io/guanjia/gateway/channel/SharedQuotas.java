package io.guanjia.gateway.channel;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;

/**
 * Counts what a platform allows only so often within a time, such as messages to one recipient. All
 * nodes count together. For allowances whose excess a platform does not report; where it does, let
 * it, and fail with {@link DeliveryException.Throttled}.
 */
public interface SharedQuotas {

    /**
     * Counts one more, unless that would make more than {@code most} within any {@code period}, of
     * at most an hour. Never fails: where nodes cannot count together each counts by itself.
     *
     * @param key such as {@code wecom/…/zhangsan}
     * @return zero where it was counted, else how long until there is room
     */
    Mono<Duration> take(String key, int most, Duration period);

    /** Counts what this node does, by its clock. */
    static SharedQuotas ofOneNode(Clock clock) {
        return new OneNodesQuotas(clock);
    }
}
