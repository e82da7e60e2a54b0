package io.guanjia.adapters.sms;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.ChannelAccount;
import io.guanjia.gateway.channel.DeliveryException;
import io.guanjia.gateway.channel.HealthSign;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.OutboundMessage;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One account at work. */
public interface SmsLine {

    ChannelAccount described();

    /** Fails with {@link io.guanjia.gateway.channel.CallbackRejected}. */
    Reading read(Callback callback);

    /** Fails with {@link DeliveryException}. */
    Mono<Accepted> deliver(OutboundMessage message);

    /** By part, one sign for each. Waits for the provider only briefly, and never fails. */
    Flux<HealthSign> health();

    /**
     * How many messages are still paid for; nothing where the provider does not say. Waits for it
     * only briefly, and never fails.
     */
    default Flux<CallsLeft> callsLeft() {
        return Flux.empty();
    }
}
