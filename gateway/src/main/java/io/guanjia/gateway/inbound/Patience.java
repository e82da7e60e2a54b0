package io.guanjia.gateway.inbound;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Learns whether holding callbacks open is worth it. While most answers come too late, as in a rush
 * or with PostgreSQL away, waiting helps no customer and only keeps connections busy: then all but
 * a few callbacks are acknowledged at once, and those few find out when it is worth it again.
 */
final class Patience {

    /** How much one wait counts against what went before. */
    private static final double WEIGHT = 0.05;

    private static final double WORTH_IT = 0.3;
    private static final int ONE_IN = 8;

    private final AtomicLong asked = new AtomicLong();
    private volatile double hits = 1;

    /** Whether this callback should wait. */
    boolean worthWaiting() {
        return hits >= WORTH_IT || asked.incrementAndGet() % ONE_IN == 0;
    }

    /** The same word, or its absence, having learnt from it. */
    Mono<Boolean> learnFrom(Mono<Boolean> word) {
        return word.map(Word::new)
                .defaultIfEmpty(Word.NONE)
                .flatMap(
                        heard -> {
                            learn(heard.answered() != null);
                            return Mono.justOrEmpty(heard.answered());
                        });
    }

    /** A lost update between two threads costs nothing: it is an average. */
    private void learn(boolean inTime) {
        var before = hits;
        hits = before + WEIGHT * ((inTime ? 1 : 0) - before);
    }

    private record Word(@Nullable Boolean answered) {
        static final Word NONE = new Word(null);
    }
}
