package io.guanjia.sandbox.cmpp;

import io.guanjia.sandbox.fault.Effect;
import io.guanjia.sandbox.fault.Fault;
import io.guanjia.sandbox.fault.Faults;
import io.netty.channel.EventLoop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What one account has to be told: phones' messages and status reports. It goes over any of its
 * lines and stays here until it is acknowledged. On the event loop only.
 */
final class Courier {

    private final EventLoop loop;
    private final Faults faults;
    private final Random random;
    private final List<LineEnd> lines = new ArrayList<>();
    private final ArrayDeque<Parcel> waiting = new ArrayDeque<>();
    private final List<Parcel> shuffled = new ArrayList<>();
    private int next;

    Courier(EventLoop loop, Faults faults, long seed) {
        this.loop = loop;
        this.faults = faults;
        this.random = new Random(seed);
    }

    List<LineEnd> lines() {
        return List.copyOf(lines);
    }

    int waiting() {
        return waiting.size();
    }

    void add(LineEnd line) {
        lines.add(line);
        pump();
    }

    /** What it had open goes first over the next line. */
    void remove(LineEnd line, List<Parcel> open) {
        lines.remove(line);
        open.reversed().stream().filter(one -> !one.isDone()).forEach(waiting::addFirst);
        pump();
    }

    /** Nobody answered in time. */
    void again(Parcel parcel) {
        waiting.addFirst(parcel);
        pump();
    }

    /** Takes something on, unless a fault has other plans for it. */
    void take(Parcel parcel) {
        var delay = Duration.ZERO;
        int copies = 1;
        for (var effect : faults.strike(Fault.CALLBACKS)) {
            switch (effect) {
                case Effect.Lose() -> {
                    parcel.outcome().complete("lost");
                    return;
                }
                case Effect.Delay(Duration time) -> delay = delay.plus(time);
                case Effect.Duplicate(int more, _) -> copies += more;
                case Effect.Reorder(int count, Duration patience) -> {
                    shuffle(parcel, count, patience);
                    return;
                }
                default -> {}
            }
        }
        int times = copies;
        if (delay.isZero()) {
            queue(parcel, times);
        } else {
            loop.schedule(() -> queue(parcel, times), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void queue(Parcel parcel, int times) {
        for (int i = 0; i < times; i++) {
            waiting.add(parcel);
        }
        pump();
    }

    private void shuffle(Parcel parcel, int count, Duration patience) {
        shuffled.add(parcel);
        if (shuffled.size() >= count) {
            letGo();
        } else if (shuffled.size() == 1) {
            loop.schedule(this::letGo, patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void letGo() {
        Collections.shuffle(shuffled, random);
        waiting.addAll(shuffled);
        shuffled.clear();
        pump();
    }

    /** Hands out as much as the windows of the lines allow. */
    void pump() {
        int full = 0;
        while (!waiting.isEmpty() && full < lines.size()) {
            var line = lines.get(next++ % lines.size());
            if (line.hasRoom()) {
                line.deliver(waiting.remove());
                full = 0;
            } else {
                full++;
            }
        }
    }

    void clear() {
        waiting.clear();
        shuffled.clear();
    }
}
