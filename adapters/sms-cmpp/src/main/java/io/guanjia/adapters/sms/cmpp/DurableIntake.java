package io.guanjia.adapters.sms.cmpp;

import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.message.Inbound;

import reactor.core.publisher.Mono;

import java.util.List;

/**
 * Brings what arrives to the gateway. What cannot be kept now stays here, unanswered, until it can.
 */
final class DurableIntake implements AutoCloseable {

    private static final int LANES = 16;
    private static final int BATCH = 500;

    private final Intake intake;
    private final Lanes<Arrival> lanes = new Lanes<>(LANES, BATCH, this::take);

    DurableIntake(Intake intake) {
        this.intake = intake;
    }

    private record Arrival(Inbound inbound, Runnable durable) {}

    /**
     * @param durable is told once it is, on any thread
     */
    void take(Inbound inbound, Runnable durable) {
        lanes.add(inbound.from().party(), new Arrival(inbound, durable));
    }

    private Mono<Void> take(List<Arrival> batch) {
        return intake.take(batch.stream().map(Arrival::inbound).toList())
                .then(Mono.fromRunnable(() -> batch.forEach(one -> one.durable().run())));
    }

    @Override
    public void close() {
        lanes.close();
    }
}
