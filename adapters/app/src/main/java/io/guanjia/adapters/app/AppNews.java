package io.guanjia.adapters.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.guanjia.gateway.live.Doorbell;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.socket.Rounds;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices that something has changed for customers who are connected here, and has them told.
 *
 * <p>A ring says that a conversation has changed, be it one of this channel's or not; whose it is
 * is asked once. Rings can be lost, so every second this also asks which of ours have changed, and
 * has told of each change once for that.
 */
final class AppNews {

    /** Rings within this time are answered together. */
    private static final Duration TOGETHER = Duration.ofMillis(10);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int AT_ONCE = 500;
    private static final int SIDE_BY_SIDE = 16;

    private final OpenSockets sockets;
    private final Threads threads;
    private final Doorbell doorbell;
    private final Telling telling;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final Sinks.Many<Boolean> wake = Sinks.many().multicast().directBestEffort();

    /** Briefly: a visitor may log in and see what happens in another thread. */
    private final Cache<UUID, Optional<Address>> seenBy =
            Caffeine.newBuilder()
                    .expireAfterWrite(Duration.ofSeconds(10))
                    .maximumSize(100_000)
                    .build();

    /** How far everyone here was told of a conversation; longer than a change is found anew. */
    private final Cache<UUID, Long> told =
            Caffeine.newBuilder()
                    .expireAfterWrite(Duration.ofMinutes(1))
                    .maximumSize(100_000)
                    .build();

    /**
     * What everyone here was told is taken back. Shorter than it is found anew: whoever read the
     * line a moment before is told again, which does no harm.
     */
    private final Cache<Threads.Recalled, Boolean> recalled =
            Caffeine.newBuilder()
                    .expireAfterWrite(Duration.ofSeconds(3))
                    .maximumSize(100_000)
                    .build();

    AppNews(OpenSockets sockets, Threads threads, Doorbell doorbell, Telling telling) {
        this.sockets = sockets;
        this.threads = threads;
        this.doorbell = doorbell;
        this.telling = telling;
    }

    Disposable start() {
        return Disposables.composite(
                wake.asFlux()
                        .onBackpressureLatest()
                        .concatMap(_ -> Mono.delay(TOGETHER).then(Rounds.unbroken(this::pass)), 1)
                        .subscribe(),
                doorbell.changes().subscribe(this::ring),
                Rounds.every(LOOK_EVERY, this::lookAround));
    }

    private void ring(UUID conversation) {
        if (sockets.count() > 0) {
            changed.add(conversation);
            wake.tryEmitNext(true);
        }
    }

    private Mono<Void> pass() {
        var batch = new HashSet<UUID>();
        for (var each : changed) {
            if (batch.size() == AT_ONCE) {
                wake.tryEmitNext(true);
                break;
            }
            batch.add(each);
        }
        changed.removeAll(batch);
        return batch.isEmpty() ? Mono.empty() : tell(batch);
    }

    private Mono<Void> lookAround() {
        return sockets.count() == 0 ? Mono.empty() : lookForChanges().then(lookForRecalls());
    }

    private Mono<Void> lookForChanges() {
        return threads.changedLately()
                .filter(found -> !isTold(found))
                .collectMap(Threads.Changed::conversation, Threads.Changed::revision)
                .filter(found -> !found.isEmpty())
                .flatMap(this::tellOfChanges);
    }

    /** Whoever saw a conversation before may have logged in since: this is asked anew. */
    private Mono<Void> tellOfChanges(Map<UUID, Long> found) {
        seenBy.invalidateAll(found.keySet());
        return tell(found.keySet()).then(Mono.fromRunnable(() -> told.putAll(found)));
    }

    private boolean isTold(Threads.Changed found) {
        var upTo = told.getIfPresent(found.conversation());
        return upTo != null && upTo >= found.revision();
    }

    private Mono<Void> lookForRecalls() {
        return threads.recalledLately()
                .flatMap(line -> Mono.<Void>fromRunnable(() -> tellOnce(line)))
                .then();
    }

    private void tellOnce(Threads.Recalled line) {
        if (recalled.asMap().putIfAbsent(line, true) == null) {
            telling.recalled(line);
        }
    }

    private Mono<Void> tell(Collection<UUID> conversations) {
        return whose(conversations)
                .filter(customer -> !sockets.of(customer).isEmpty())
                .distinct()
                .flatMap(telling::tell, SIDE_BY_SIDE)
                .then();
    }

    private Flux<Address> whose(Collection<UUID> conversations) {
        var known = seenBy.getAllPresent(conversations);
        var unknown = conversations.stream().filter(each -> !known.containsKey(each)).toList();
        var asked =
                unknown.isEmpty()
                        ? Flux.<Address>empty()
                        : threads.seenBy(unknown)
                                .collectMap(Threads.Seen::conversation, Threads.Seen::by)
                                .flatMapIterable(
                                        found -> {
                                            unknown.forEach(
                                                    each ->
                                                            seenBy.put(
                                                                    each,
                                                                    Optional.ofNullable(
                                                                            found.get(each))));
                                            return found.values();
                                        });
        return Flux.fromIterable(known.values().stream().flatMap(Optional::stream).toList())
                .concatWith(asked);
    }
}
