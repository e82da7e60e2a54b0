package io.guanjia.adapters.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.guanjia.adapters.app.Refusal.Code;
import io.guanjia.gateway.Ids;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/** Knows who comes in, by what they show, and gives a token to those who have none. */
final class Visitors {

    private static final String BEARER = "Bearer ";
    private static final String OFFERED = "bearer.";

    /** A branch of a bank may be one address. */
    private static final int MOST_AT_ONCE = 60;

    private static final Duration ONE_EVERY = Duration.ofSeconds(1);

    private final Threads threads;
    private final Acquaintances acquaintances;
    private final Ids ids;
    private final Clock clock;
    private final Cache<InetAddress, Pace> newcomers =
            Caffeine.newBuilder()
                    .expireAfterAccess(Duration.ofMinutes(5))
                    .maximumSize(100_000)
                    .build();

    Visitors(Threads threads, Acquaintances acquaintances, Ids ids, Clock clock) {
        this.threads = threads;
        this.acquaintances = acquaintances;
        this.ids = ids;
        this.clock = clock;
    }

    /** Somebody who has shown who they are, and where they stand. */
    record Arrived(Customer customer, Threads.Standing standing) {}

    /** Fails with {@link Refusal}. */
    Mono<Arrived> require(Site site, ServerHttpRequest request, @Nullable String offered) {
        return Mono.fromSupplier(() -> customer(site, request, offered))
                .flatMap(
                        customer ->
                                threads.standing(customer.address())
                                        .flatMap(standing -> arrived(customer, standing)));
    }

    /** As {@link #require} for who does not ask where they stand. */
    Mono<Customer> recognise(Site site, ServerHttpRequest request) {
        return Mono.fromSupplier(() -> customer(site, request, null))
                .flatMap(
                        customer ->
                                customer.visitor()
                                        ? threads.standing(customer.address())
                                                .flatMap(standing -> arrived(customer, standing))
                                                .map(Arrived::customer)
                                        : acquaintances.meet(customer).thenReturn(customer));
    }

    private Mono<Arrived> arrived(Customer customer, Threads.Standing standing) {
        var arrived = new Arrived(customer, standing);
        if (customer.visitor()) {
            return standing.somebodyElse()
                    ? Mono.error(new Refusal(Code.UNAUTHORIZED))
                    : Mono.just(arrived);
        }
        var name = customer.name();
        var told = standing.known() && (name == null || name.equals(standing.name()));
        return told
                ? Mono.just(arrived)
                : threads.meet(customer.address(), name).thenReturn(arrived);
    }

    /** By the token alone. Throws {@link Refusal}. */
    static Customer customer(Site site, ServerHttpRequest request, @Nullable String offered) {
        var header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        var token =
                header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                        ? header.substring(BEARER.length()).strip()
                        : Objects.requireNonNullElse(offered, "");
        return site.tokens().check(token).orElseThrow(() -> new Refusal(Code.UNAUTHORIZED));
    }

    /** The token among the protocols that a page offers, null for none. */
    static @Nullable String offered(String[] protocols) {
        return Arrays.stream(protocols)
                .filter(each -> each.startsWith(OFFERED))
                .map(each -> each.substring(OFFERED.length()))
                .findFirst()
                .orElse(null);
    }

    /** A token for somebody new. Throws {@link Refusal}. */
    String welcome(Site site, ServerHttpRequest request) {
        if (!site.settings().visitors()) {
            throw new Refusal(Code.UNAUTHORIZED);
        }
        var peer = request.getRemoteAddress();
        if (peer != null
                && !Objects.requireNonNull(
                                newcomers.get(
                                        peer.getAddress(), _ -> new Pace(MOST_AT_ONCE, ONE_EVERY)))
                        .allows()) {
            throw new Refusal(Code.TOO_MANY);
        }
        return VisitorTokens.issue(site.settings(), ids.next(), clock.instant());
    }
}
