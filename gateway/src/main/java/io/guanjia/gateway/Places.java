package io.guanjia.gateway;

import reactor.core.publisher.Mono;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * So many pieces of work at a time for each account. Whoever takes up no more than there are free
 * places keeps an account whose platform does not answer from holding up the others. Safe for use
 * by many threads.
 *
 * @param <K> what tells accounts apart; one without work takes no memory
 */
public final class Places<K> {

    private final int each;
    private final ConcurrentMap<K, Integer> taken = new ConcurrentHashMap<>();

    /**
     * @param each places of an account
     */
    public Places(int each) {
        this.each = each;
    }

    /** How many are free. More may become so at any time, fewer only by {@link #during}. */
    public int free(K account) {
        return each - taken.getOrDefault(account, 0);
    }

    /** The work, which has a place from its subscription to its end. It does not wait for one. */
    public <T> Mono<T> during(K account, Mono<T> work) {
        return Mono.using(
                () -> taken.merge(account, 1, Integer::sum),
                _ -> work,
                _ -> taken.computeIfPresent(account, (_, now) -> now == 1 ? null : now - 1));
    }
}
