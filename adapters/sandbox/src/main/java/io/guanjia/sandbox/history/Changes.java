package io.guanjia.sandbox.history;

import reactor.core.publisher.Flux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells pages that something changed, not what it is now. Equal changes that fall into the same
 * moment arrive as one, so the stream stays calm at any load.
 */
public final class Changes {

    private static final Duration MOMENT = Duration.ofMillis(60);

    private final List<Set<Change>> listeners = new CopyOnWriteArrayList<>();

    /** Rings the bell. Cheap when nobody listens. */
    public void publish(Change change) {
        for (var pending : listeners) {
            pending.add(change);
        }
    }

    /** Changes from now on, in bundles. Never ends. */
    public Flux<List<Change>> stream() {
        return Flux.defer(
                () -> {
                    Set<Change> pending = ConcurrentHashMap.newKeySet();
                    listeners.add(pending);
                    return Flux.interval(MOMENT)
                            .onBackpressureDrop()
                            .map(tick -> drain(pending))
                            .filter(bundle -> !bundle.isEmpty())
                            .doFinally(end -> listeners.removeIf(other -> other == pending));
                });
    }

    private static List<Change> drain(Set<Change> pending) {
        var bundle = new ArrayList<Change>();
        for (var change : pending) {
            // Removed first: one that comes again while we look goes into the next bundle.
            if (pending.remove(change)) {
                bundle.add(change);
            }
        }
        return bundle;
    }
}
