package io.guanjia.gateway.outbound;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How messages go out, under {@code guanjia.outbound}.
 *
 * @param concurrency messages on their way at once on this node, over all accounts
 * @param concurrencyPerApi messages on their way at once on this node for one account and API. When
 *     a platform says "no more", those under way are the ones too many; so it is small. At 50 ms a
 *     call, 2 make 40 messages a second. A channel that knows better says so itself
 * @param ahead how many messages of one account and API a node takes out of the queue at a time; a
 *     more urgent one that comes then waits for half of them at the most
 * @param callTimeout how long to wait for a channel before the outcome counts as unknown
 * @param lease after how long a message whose node says nothing counts as lost on the way; longer
 *     than {@code callTimeout}
 * @param passiveLease the same for a claimed passive reply
 * @param passiveSlack how much longer than a platform promises its retries may take to arrive
 * @param pollFastest how soon to look again after there was something to do
 * @param pollSlowest how rarely to look when there is nothing to do
 * @param attempts after how many tries that failed through no fault of the message to give up; with
 *     the other defaults that takes about an hour
 * @param backOff the pause after the first such try; it doubles with each, up to {@code
 *     longestBackOff}, and varies by half
 * @param probeEvery how often one message may find out whether a way that was shut works again
 * @param sweepEvery how often to look for what is lost or expired
 * @param measureEvery how often to count what waits
 * @param keepReceipts how long to keep a receipt for a message we do not know
 * @param retryLife for how long a message that a person sends again is worth sending
 */
@Validated
@ConfigurationProperties("guanjia.outbound")
public record OutboundSettings(
        @DefaultValue("64") @Min(1) @Max(4096) int concurrency,
        @DefaultValue("2") @Min(1) @Max(1024) int concurrencyPerApi,
        @DefaultValue("16") @Min(1) @Max(1024) int ahead,
        @DefaultValue("20s") Duration callTimeout,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("20s") Duration passiveLease,
        @DefaultValue("5s") Duration passiveSlack,
        @DefaultValue("50ms") Duration pollFastest,
        @DefaultValue("1s") Duration pollSlowest,
        @DefaultValue("20") @Min(1) @Max(100) int attempts,
        @DefaultValue("1s") Duration backOff,
        @DefaultValue("5m") Duration longestBackOff,
        @DefaultValue("5m") Duration probeEvery,
        @DefaultValue("1s") Duration sweepEvery,
        @DefaultValue("15s") Duration measureEvery,
        @DefaultValue("3d") Duration keepReceipts,
        @DefaultValue("24h") Duration retryLife) {

    public OutboundSettings {
        requirePositive("call-timeout", callTimeout);
        requirePositive("passive-lease", passiveLease);
        requirePositive("poll-fastest", pollFastest);
        requirePositive("back-off", backOff);
        requirePositive("probe-every", probeEvery);
        requirePositive("sweep-every", sweepEvery);
        requirePositive("measure-every", measureEvery);
        requirePositive("passive-slack", passiveSlack);
        requirePositive("keep-receipts", keepReceipts);
        requirePositive("retry-life", retryLife);
        requireLonger("lease", lease, "call-timeout", callTimeout);
        requirePositive("longest-back-off", longestBackOff);
        requireLonger("poll-slowest", pollSlowest, "poll-fastest", pollFastest);
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "guanjia.outbound." + key + " must be longer than nothing, such as 5s");
        }
    }

    private static void requireLonger(String key, Duration value, String otherKey, Duration other) {
        if (value.compareTo(other) <= 0) {
            throw new IllegalArgumentException(
                    "guanjia.outbound.%s must be longer than guanjia.outbound.%s (%s)"
                            .formatted(key, otherKey, other));
        }
    }
}
