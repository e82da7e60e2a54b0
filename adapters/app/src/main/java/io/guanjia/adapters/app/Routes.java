package io.guanjia.adapters.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.guanjia.gateway.BackgroundWork;
import io.guanjia.gateway.live.Gossip;
import io.guanjia.gateway.message.Address;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * To which of their addresses goes what a customer says.
 *
 * <p>Almost everybody has one only, and of whom that is known nothing has to be read. Whoever links
 * a visitor tells all nodes; where a node does not hear of it, the customer's words begin a
 * conversation of their own there for as long as it remembers.
 */
final class Routes extends BackgroundWork {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Threads threads;
    private final Gossip<Address> links;

    /** Customers without a visitor of their own. */
    private final Cache<Address, Boolean> alone =
            Caffeine.newBuilder()
                    .expireAfterWrite(REMEMBERED)
                    .maximumSize(100_000)
                    .executor(Runnable::run)
                    .build();

    /** Grows with every link heard of: what was read before may be wrong. */
    private final AtomicLong heard = new AtomicLong();

    Routes(Threads threads, Gossip<Address> links) {
        this.threads = threads;
        this.links = links;
    }

    /** As {@link Threads#route}. */
    Mono<Address> of(Address customer, String messageId) {
        return Mono.defer(
                () ->
                        alone.getIfPresent(customer) != null
                                ? Mono.just(customer)
                                : read(customer, messageId, heard.get()));
    }

    private Mono<Address> read(Address customer, String messageId, long before) {
        return threads.isLinked(customer)
                .flatMap(
                        linked -> {
                            if (linked) {
                                return threads.route(customer, messageId);
                            }
                            if (heard.get() == before) {
                                alone.put(customer, true);
                            }
                            return Mono.just(customer);
                        });
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
        alone.invalidate(customer);
        return customer;
    }

    @Override
    protected Flux<?> work() {
        return links.heard().map(this::forget);
    }
}
