package io.guanjia.adapters.wecom.kf;

import io.guanjia.contract.MemoryTokens;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.Cursors;
import io.guanjia.gateway.channel.Intake;
import io.guanjia.gateway.channel.OneTimeCodes;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Inbound;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A channel with one account and what the gateway gives it, all in memory; time stands still. */
final class Kit implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-02T08:31:00Z");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final Watch clock = new Watch();
    final Journal journal = new Journal();
    final MemoryCursors cursors = new MemoryCursors(clock);
    final MemoryCodes codes = new MemoryCodes();
    final WecomKfChannel channel;

    Kit(FakeKf platform, Map<String, String> changes) {
        var all = new HashMap<>(Map.of("api-base", platform.address().toString()));
        all.putAll(changes);
        channel =
                new WecomKfChannel(
                        List.of(Accounts.demo(all)),
                        new MemoryTokens(),
                        new SampleFiles(),
                        cursors,
                        journal,
                        codes,
                        clock);
    }

    /** Moves only when told to, and counts who looks at it. */
    static final class Watch extends Clock {
        private final AtomicInteger looks = new AtomicInteger();
        private volatile Instant now = NOW;

        void advance(Duration by) {
            now = now.plus(by);
        }

        int looks() {
            return looks.get();
        }

        @Override
        public Instant instant() {
            looks.incrementAndGet();
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }
    }

    @Override
    public void close() {
        channel.sync().stop();
        channel.close();
    }

    /** Keeps what it takes, unless it is told to fail. */
    static final class Journal implements Intake {
        private final BlockingQueue<Inbound> taken = new LinkedBlockingQueue<>();
        final AtomicInteger failures = new AtomicInteger();

        @Override
        public Mono<Void> take(List<? extends Inbound> inbound) {
            return Mono.fromRunnable(
                    () -> {
                        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                            throw new IllegalStateException("the journal is away");
                        }
                        taken.addAll(inbound);
                    });
        }

        /** The next {@code count}, as soon as they are there. */
        List<Inbound> next(int count) {
            var next = new ArrayList<Inbound>();
            try {
                for (int i = 0; i < count; i++) {
                    var one = taken.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    if (one == null) {
                        throw new AssertionError("only " + i + " of " + count + " came");
                    }
                    next.add(one);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
            return next;
        }

        List<Inbound> all() {
            return List.copyOf(taken);
        }
    }

    /** One node's cursors. */
    static final class MemoryCursors implements Cursors {
        private String cursor = "";
        private boolean held;
        private int asked;
        private @Nullable String hint;
        final AtomicInteger moves = new AtomicInteger();
        final AtomicInteger lostMoves = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();
        private final Clock clock;
        private volatile @Nullable Instant ended;

        MemoryCursors(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Mono<Void> read(Stream stream, @Nullable String latest, Reading reading) {
            return Mono.defer(
                    () -> {
                        synchronized (this) {
                            asked++;
                            hint = latest == null ? hint : latest;
                            if (held) {
                                return Mono.empty();
                            }
                            held = true;
                        }
                        return round(reading).doFinally(end -> free());
                    });
        }

        private Mono<Void> round(Reading reading) {
            return Mono.defer(
                    () -> {
                        int seen;
                        Turn turn;
                        synchronized (this) {
                            seen = asked;
                            turn = turn();
                        }
                        return reading.readOn(turn)
                                .then(
                                        Mono.defer(
                                                () -> again(seen) ? round(reading) : Mono.empty()));
                    });
        }

        private synchronized boolean again(int seen) {
            if (asked != seen) {
                return true;
            }
            held = false;
            hint = null;
            ends.incrementAndGet();
            ended = clock.instant();
            return false;
        }

        private synchronized void free() {
            held = false;
        }

        @Override
        public Mono<Void> readUnlessWithin(Duration age, Stream stream, Reading reading) {
            return ends.get() > 0 ? Mono.empty() : read(stream, null, reading);
        }

        @Override
        public Mono<Instant> lastRead(Stream stream) {
            return Mono.justOrEmpty(ended);
        }

        synchronized String cursor() {
            return cursor;
        }

        private Turn turn() {
            var here = cursor;
            var with = hint;
            return new Turn() {
                @Override
                public String cursor() {
                    return here;
                }

                @Override
                public Instant begun() {
                    return NOW;
                }

                @Override
                public @Nullable String hint() {
                    return with;
                }

                @Override
                public Mono<Turn> moveTo(String next) {
                    return Mono.fromSupplier(() -> moved(next));
                }
            };
        }

        private synchronized Turn moved(String next) {
            if (lostMoves.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("the node died");
            }
            moves.incrementAndGet();
            cursor = next;
            return turn();
        }
    }

    static final class MemoryCodes implements OneTimeCodes {
        final Map<String, Code> kept = new ConcurrentHashMap<>();

        @Override
        public Mono<Void> keep(Address party, Code code) {
            return Mono.fromRunnable(() -> kept.put(party.key(), code));
        }

        @Override
        public Mono<Code> take(Address party) {
            return Mono.defer(() -> Mono.justOrEmpty(kept.remove(party.key())));
        }
    }
}
