package io.guanjia.gateway.inbound;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.message.Inbound;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.List;

/** Counts callbacks and what they bring. Labels hold names from our settings, never a request's. */
final class InboundMetrics {

    private final MeterRegistry meters;

    InboundMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void received(Callback callback, List<Inbound> inbound) {
        meters.counter(
                        "guanjia.inbound",
                        "channel",
                        callback.channel(),
                        "account",
                        callback.account())
                .increment(inbound.size());
    }

    /**
     * @param reason a fixed word, such as {@code signature}
     */
    void refused(String channel, String reason) {
        meters.counter("guanjia.callbacks.refused", "channel", channel, "reason", reason)
                .increment();
    }
}
