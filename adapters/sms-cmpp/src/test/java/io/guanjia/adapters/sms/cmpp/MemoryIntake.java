package io.guanjia.adapters.sms.cmpp;

import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Keeps what it is given, each thing once, while it is open. */
final class MemoryIntake implements Intake {

    private final List<Inbound> kept = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private boolean closed;
    private int refused;
    private int arrivals;

    @Override
    public synchronized Mono<Void> take(List<? extends Inbound> inbound) {
        if (closed) {
            refused++;
            notifyAll();
            return Mono.error(new IllegalStateException("closed"));
        }
        for (var one : inbound) {
            arrivals++;
            if (keys.add(one.dedupeKey())) {
                kept.add(one);
            }
        }
        notifyAll();
        return Mono.empty();
    }

    /** Takes nothing until it is opened. */
    synchronized void close() {
        closed = true;
    }

    synchronized void open() {
        closed = false;
    }

    synchronized int arrivals() {
        return arrivals;
    }

    synchronized List<InboundMessage> messages() {
        return kept.stream()
                .filter(InboundMessage.class::isInstance)
                .map(InboundMessage.class::cast)
                .toList();
    }

    synchronized List<Receipt> receipts() {
        return kept.stream().filter(Receipt.class::isInstance).map(Receipt.class::cast).toList();
    }

    /** Waits until that is so. Fails when it does not come to be. */
    synchronized void await(Predicate<MemoryIntake> enough) {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!enough.test(this)) {
            var left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not in time: " + kept);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    synchronized int refused() {
        return refused;
    }
}
