package io.guanjia.gateway.inbound;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.Contacts;
import io.guanjia.gateway.message.Inbound;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.List;

/**
 * Counts callbacks and what they bring, and remembers that there was one. Labels hold names from
 * our settings, never a request's.
 */
final class InboundMetrics {

    private final MeterRegistry meters;
    private final Contacts contacts;

    InboundMetrics(MeterRegistry meters, Contacts contacts) {
        this.meters = meters;
        this.contacts = contacts;
    }

    void greeted(Callback callback) {
        contacts.heard(callback.channel(), callback.account());
    }

    void received(Callback callback, List<Inbound> inbound) {
        received(callback.channel(), callback.account(), inbound.size());
    }

    void taken(Inbound inbound) {
        received(inbound.from().channel(), inbound.from().account(), 1);
    }

    private void received(String channel, String account, int count) {
        contacts.heard(channel, account);
        meters.counter("guanjia.inbound", "channel", channel, "account", account).increment(count);
    }

    /**
     * @param reason a fixed word, such as {@code signature}
     */
    void refused(String channel, String account, String reason) {
        meters.counter(
                        "guanjia.callbacks.refused",
                        "channel",
                        channel,
                        "account",
                        account,
                        "reason",
                        reason)
                .increment();
    }
}
