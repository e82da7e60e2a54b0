package io.guanjia.adapters.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.guanjia.adapters.app.Threads.Acquaintance;
import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.live.Gossip;
import io.guanjia.gateway.message.Address;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a node remembers for some minutes of the login's customers: by what name they go, and
 * whether they have been a visitor. Nothing has to be read for what they say in that time.
 *
 * <p>Whoever links a visitor tells all nodes; where a node does not hear of it, the customer's
 * words begin a conversation of their own there for as long as it remembers.
 */
final class Acquaintances extends BackgroundWork {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final Threads threads;
    private final Gossip<Address> links;
    private final Cache<Address, Acquaintance> remembered =
            Caffeine.newBuilder()
                    .expireAfterWrite(REMEMBERED)
                    .maximumSize(100_000)
                    .executor(Runnable::run)
                    .build();

    /** Grows with every link heard of: what was read before may be wrong. */
    private final AtomicLong heard = new AtomicLong();

    Acquaintances(Threads threads, Gossip<Address> links) {
        this.threads = threads;
        this.links = links;
    }

    /**
     * Somebody of the company's login is here, and goes by their name from then on. Who has none
     * becomes a party with what they say first.
     */
    Mono<Void> meet(Customer customer) {
        return of(customer.address())
                .filter(acquaintance -> !acquaintance.goesBy(customer.name()))
                .flatMap(
                        _ ->
                                threads.meet(customer.address(), customer.name())
                                        .then(forgotten(customer.address())));
    }

    /** As {@link Threads#route}. */
    Mono<Address> route(Address customer, String messageId) {
        return of(customer)
                .flatMap(
                        acquaintance ->
                                acquaintance.linked()
                                        ? threads.route(customer, messageId)
                                        : Mono.just(customer));
    }

    private Mono<Acquaintance> of(Address customer) {
        return Mono.defer(
                () -> {
                    var known = remembered.getIfPresent(customer);
                    return known == null ? read(customer, heard.get()) : Mono.just(known);
                });
    }

    private Mono<Acquaintance> read(Address customer, long before) {
        return threads.acquaintance(customer)
                .map(
                        found -> {
                            // Put before looking: a link heard of in between undoes it.
                            remembered.put(customer, found);
                            if (heard.get() != before) {
                                remembered.invalidate(customer);
                            }
                            return found;
                        });
    }

    private Mono<Void> forgotten(Address customer) {
        return Mono.fromRunnable(() -> remembered.invalidate(customer));
    }

    /** To be called after a visitor was linked to that customer. Never fails. */
    Mono<Void> linked(Address customer) {
        return Mono.defer(
                () -> {
                    forget(customer);
                    return links.tell(customer);
                });
    }

    private Address forget(Address customer) {
        heard.incrementAndGet();
        remembered.invalidate(customer);
        return customer;
    }

    @Override
    protected Flux<?> work() {
        return links.heard().map(this::forget);
    }
}
