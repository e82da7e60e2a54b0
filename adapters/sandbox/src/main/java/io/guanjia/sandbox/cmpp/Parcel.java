package io.guanjia.sandbox.cmpp;

import io.guanjia.cmpp.protocol.Pdu.Deliver;

import java.util.concurrent.CompletableFuture;

/** Something to be delivered until it is acknowledged. On the event loop only. */
final class Parcel {

    private final Deliver deliver;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private int tries;

    Parcel(Deliver deliver) {
        this.deliver = deliver;
    }

    /** How it ended, such as {@code acknowledged}. */
    CompletableFuture<String> outcome() {
        return outcome;
    }

    boolean isDone() {
        return outcome.isDone();
    }

    int tries() {
        return tries;
    }

    long msgId() {
        return deliver.msgId();
    }

    Deliver under(int sequence) {
        tries++;
        return new Deliver(
                sequence,
                deliver.msgId(),
                deliver.destination(),
                deliver.serviceId(),
                deliver.data(),
                deliver.source(),
                deliver.sourceType(),
                deliver.registeredDelivery(),
                deliver.linkId());
    }
}
