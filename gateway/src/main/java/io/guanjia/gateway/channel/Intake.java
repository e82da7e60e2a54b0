package io.guanjia.gateway.channel;

import io.guanjia.gateway.message.Inbound;

import reactor.core.publisher.Mono;

import java.util.List;

/**
 * Where channels bring what no callback brought: what they fetch themselves, or what comes by a
 * connection that they hold.
 */
public interface Intake {

    /**
     * Completes once all of it is durable, and only then may the platform hear that we have it, or
     * may a cursor move. Safe to repeat: what is there already has no second effect. One party's
     * inbound is worked on in the order in which it is taken here. Fails where nothing can be kept
     * at present; the caller then has to come back with it.
     */
    Mono<Void> take(List<? extends Inbound> inbound);
}
