package io.guanjia.adapters.app;

import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.OutboundMessage;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Keeps what was delivered, for as long as a test. */
class MemoryThreads implements Threads {

    final Set<String> lines = new LinkedHashSet<>();
    boolean away;

    @Override
    public Mono<Appended> append(OutboundMessage message) {
        return Mono.defer(
                () -> {
                    if (away) {
                        return Mono.error(new IllegalStateException("the database is away"));
                    }
                    lines.add(message.deliveryId());
                    return Mono.just(new Appended(new UUID(0, 1), message.to(), lines.size()));
                });
    }

    @Override
    public Mono<Void> gather(Address customer) {
        return Mono.empty();
    }

    @Override
    public Mono<Standing> standing(Address customer) {
        return Mono.just(Standing.NEW);
    }

    @Override
    public Mono<Void> meet(Address customer, @Nullable String name) {
        return Mono.empty();
    }

    @Override
    public Mono<List<Line>> after(Address customer, long sequence, int limit) {
        return Mono.just(List.of());
    }

    @Override
    public Mono<List<Line>> before(Address customer, long sequence, int limit) {
        return Mono.just(List.of());
    }

    @Override
    public Mono<Acquaintance> acquaintance(Address customer) {
        return Mono.just(new Acquaintance(false, null, false));
    }

    @Override
    public Mono<Address> route(Address customer, String id) {
        return Mono.just(customer);
    }

    @Override
    public Mono<Boolean> link(Address visitor, Address customer, @Nullable String name) {
        return Mono.just(false);
    }

    @Override
    public Flux<Seen> seenBy(Collection<UUID> conversations) {
        return Flux.empty();
    }

    @Override
    public Mono<Address> ownerOf(Address party) {
        return Mono.just(party);
    }

    @Override
    public Flux<Changed> changedLately() {
        return Flux.empty();
    }

    @Override
    public Mono<List<Long>> recalled(Address customer, long upTo) {
        return Mono.just(List.of());
    }

    @Override
    public Flux<Recalled> recalledLately() {
        return Flux.empty();
    }

    @Override
    public Mono<List<Unconfirmed>> unconfirmed(Address customer, long upTo, boolean read) {
        return Mono.just(
                lines.stream()
                        .limit(upTo)
                        .map(delivery -> new Unconfirmed(customer, delivery))
                        .toList());
    }

    @Override
    public Mono<Void> confirm(Address customer, long upTo, boolean read) {
        return Mono.empty();
    }
}
