package io.guanjia.trials.faults;

import io.guanjia.trials.process.Await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Customers who ask for a person, and ask again, as somebody else, once they were served. */
final class Askers implements AutoCloseable {

    private static final int SIDE_BY_SIDE = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Scene scene;
    private final String name;
    private final Queue<Offer> offers = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    /**
     * Begins to ask.
     *
     * @param name no others of the run have it
     */
    Askers(Scene scene, String name) {
        this.scene = scene;
        this.name = name;
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            var place = i;
            threads.add(Thread.startVirtualThread(() -> keepAsking(place)));
        }
    }

    private void keepAsking(int place) {
        for (int visit = 0; open; visit++) {
            var customer = scene.quick().customer("%s-%d-%d".formatted(name, place, visit));
            offers.add(Crowd.offered(customer.says("转人工"), null));
            Await.within(
                    PATIENCE,
                    () ->
                            !open
                                    || customer.reads().stream()
                                            .anyMatch(words -> words.startsWith(Agents.REPLY)));
        }
    }

    List<Offer> offers() {
        return List.copyOf(offers);
    }

    @Override
    public void close() {
        open = false;
        threads.forEach(Threads::join);
    }
}
