package io.guanjia.trials.channels;

import io.guanjia.trials.faults.Questions;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long a customer waits for the answer to one question. */
final class Answered {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_NANOS = 2_000_000;

    private Answered() {}

    /** Fails where there is no answer. */
    static Duration after(Shop shop, String name, int question) {
        var begun = System.nanoTime();
        shop.write(name, Questions.question(question));
        var answer = Questions.answer(question);
        while (shop.reads(name).stream().noneMatch(line -> line.contains(answer))) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "a customer of %s has no answer".formatted(shop.channel()));
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
