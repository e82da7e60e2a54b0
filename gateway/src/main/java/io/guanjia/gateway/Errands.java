package io.guanjia.gateway;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sees to what is due for accounts, so many at a time for each: an account whose platform does not
 * answer, or whose part of the queue cannot be read, holds up no other. Looks again when something
 * was seen to, and otherwise after a pause.
 *
 * @param <K> what tells accounts apart
 * @param <T> what is due
 */
public final class Errands<K, T> {

    /** Between two looks, however much there is to do. */
    private static final Duration LEAST = Duration.ofMillis(20);

    /** Where they wait, on whichever node. */
    public interface Queue<K, T> {

        /** The accounts for which something is due. */
        Flux<K> accounts();

        /** Some that are due; nobody else gets them for a while. */
        Flux<T> lease(K account, int most);
    }

    private final int each;
    private final Duration pause;
    private final Queue<K, T> queue;
    private final Function<T, Mono<Void>> seeTo;
    private final Consumer<Throwable> complain;
    private final ConcurrentMap<K, Integer> underWay = new ConcurrentHashMap<>();
    private final Pulse seenTo = new Pulse();

    /**
     * @param each at most so many of an account at a time, on this node
     * @param seeTo how; must end by itself before the lease does
     * @param complain is told of each failure, which costs only what failed
     */
    public Errands(
            int each,
            Duration pause,
            Queue<K, T> queue,
            Function<T, Mono<Void>> seeTo,
            Consumer<Throwable> complain) {
        this.each = each;
        this.pause = pause;
        this.queue = queue;
        this.seeTo = seeTo;
        this.complain = complain;
    }

    private record Taken<K, T>(K account, T errand) {}

    /** Without an end. One subscriber. */
    public Flux<Void> work() {
        return Flux.defer(
                        () -> {
                            var woken = seenTo.listen();
                            return look().flatMapMany(
                                            found ->
                                                    Flux.fromIterable(found)
                                                            .concatWith(
                                                                    Pulse.await(woken, LEAST, pause)
                                                                            .then(Mono.empty())));
                        })
                .repeat()
                .flatMap(this::run, Integer.MAX_VALUE);
    }

    /** What is due now, as much of it as may be under way; ends with it. */
    public Mono<Void> round() {
        return look().flatMapIterable(found -> found).flatMap(this::run, Integer.MAX_VALUE).then();
    }

    private Mono<List<Taken<K, T>>> look() {
        return queue.accounts()
                .collectList()
                .onErrorResume(failure -> complained(failure).thenReturn(List.of()))
                .flatMapIterable(accounts -> accounts)
                .concatMap(this::lease)
                .collectList();
    }

    private Flux<Taken<K, T>> lease(K account) {
        var free = each - underWay.getOrDefault(account, 0);
        return free <= 0
                ? Flux.empty()
                : Flux.defer(() -> queue.lease(account, free))
                        .map(errand -> new Taken<>(account, errand))
                        .onErrorResume(failure -> complained(failure).then(Mono.empty()));
    }

    /** Counts from here on, which is before the next look. */
    private Mono<Void> run(Taken<K, T> taken) {
        return Mono.using(
                () -> underWay.merge(taken.account, 1, Integer::sum),
                _ -> Mono.defer(() -> seeTo.apply(taken.errand)).onErrorResume(this::complained),
                _ -> {
                    underWay.computeIfPresent(
                            taken.account, (_, number) -> number == 1 ? null : number - 1);
                    seenTo.kick();
                });
    }

    private Mono<Void> complained(Throwable failure) {
        return Mono.fromRunnable(() -> complain.accept(failure));
    }
}
