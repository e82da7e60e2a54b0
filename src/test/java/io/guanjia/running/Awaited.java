package io.guanjia.running;

import static org.awaitility.Awaitility.await;

import org.awaitility.core.ConditionTimeoutException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Waits for something to be there. */
final class Awaited {

    private Awaited() {}

    /**
     * Fails with all there is instead, as it is then.
     *
     * @param instead says it when it is printed
     */
    static <T> T of(Supplier<Optional<T>> wanted, Duration patience, Object instead) {
        var found = new AtomicReference<T>();
        try {
            await().atMost(patience)
                    .pollInterval(Duration.ofMillis(20))
                    .until(
                            () -> {
                                wanted.get().ifPresent(found::set);
                                return found.get() != null;
                            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Not within " + patience + ", but: " + instead, e);
        }
        return found.get();
    }
}
