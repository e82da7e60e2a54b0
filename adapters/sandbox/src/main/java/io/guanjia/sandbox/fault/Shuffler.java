package io.guanjia.sandbox.fault;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Holds callbacks back until enough have come together, then lets them go in another order. */
public final class Shuffler {

    /** Far enough apart to arrive in the order in which they were let go. */
    private static final Duration APART = Duration.ofMillis(5);

    private final Random random;
    private List<MonoSink<Void>> held = new ArrayList<>();

    public Shuffler(long seed) {
        this.random = new Random(seed);
    }

    /** Completes when it is this callback's turn. */
    public Mono<Void> turn(Effect.Reorder rule) {
        var letGo = Mono.<Void>create(sink -> hold(sink, rule.count()));
        // Whoever loses patience lets all go, or those who wait longer would be alone.
        return letGo.timeout(rule.patience(), Mono.fromRunnable(this::letAllGo));
    }

    private void hold(MonoSink<Void> sink, int count) {
        List<MonoSink<Void>> complete;
        synchronized (this) {
            held.add(sink);
            if (held.size() < count) {
                return;
            }
            complete = held;
            held = new ArrayList<>();
            shuffle(complete);
        }
        release(complete);
    }

    /** Two in a row must not come out as they went in, or there would be no fault. */
    private void shuffle(List<MonoSink<Void>> sinks) {
        var before = List.copyOf(sinks);
        do {
            Collections.shuffle(sinks, random);
        } while (sinks.equals(before));
    }

    private void letAllGo() {
        List<MonoSink<Void>> rest;
        synchronized (this) {
            rest = held;
            held = new ArrayList<>();
        }
        release(rest);
    }

    private static void release(List<MonoSink<Void>> sinks) {
        Flux.fromIterable(sinks).delayElements(APART).subscribe(MonoSink::success);
    }
}
