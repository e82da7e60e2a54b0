package io.guanjia.running;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Waits for something to be there. */
final class Awaited {

    private Awaited() {}

    /** Fails with all there is instead. */
    static <T> T of(Supplier<Optional<T>> wanted, Duration patience, Object instead) {
        var found = new AtomicReference<T>();
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .alias("in " + instead)
                .until(
                        () -> {
                            wanted.get().ifPresent(found::set);
                            return found.get() != null;
                        });
        return found.get();
    }
}
