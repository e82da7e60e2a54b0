package io.guanjia.gateway.outbound;

import io.guanjia.gateway.Pulse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this node has taken out of the queue and not begun to send, and who is at it.
 *
 * <p>A way's messages are taken some at a time, because looking for them costs more than sending
 * them. They are sent by as many workers as {@link Concurrency} allows, so that one slow way cannot
 * take up all of them. A worker takes what is most urgent by lane, and then what came first.
 */
final class Outgoing {

    private final Concurrency concurrency;
    private final Pulse pulse;
    private final Map<Way, Tray> trays = new HashMap<>();

    /** Of which the platform last said that it was too much. */
    private final Set<Way> careful = new HashSet<>();

    private final Crew all = new Crew();

    /** Of ways whose accounts say themselves how many they take. */
    private final Crew said = new Crew();

    Outgoing(Concurrency concurrency, Pulse pulse) {
        this.concurrency = concurrency;
        this.pulse = pulse;
    }

    /** How many more to take out of the queue; none while half of what was taken is still here. */
    synchronized int room(Way way) {
        var tray = trays.get(way);
        var ahead = concurrency.ahead(way);
        return tray == null ? ahead : tray.low() ? ahead - tray.waiting.size() : 0;
    }

    /**
     * @param more whether the queue has more of this way than was taken
     */
    synchronized void add(Way way, List<Leased> taken, boolean more) {
        if (taken.isEmpty()) {
            return;
        }
        var tray =
                trays.computeIfAbsent(
                        way,
                        same ->
                                new Tray(
                                        concurrency.ahead(way),
                                        concurrency.isSaidByItsAccount(way) ? said : all));
        taken.forEach(tray::add);
        tray.more = more;
    }

    /**
     * Who is to begin to work now: a way for each worker. Each then asks for its {@link #next}
     * until it no longer {@link #goesOn}.
     */
    synchronized List<Way> begin() {
        var begun = new ArrayList<Way>();
        trays.forEach(
                (way, tray) -> {
                    var allowed = careful.contains(way) ? 1 : concurrency.of(way);
                    var wanted = Math.min(allowed, tray.waiting.size() + tray.workers);
                    while (tray.workers < wanted && tray.crew.workers < concurrency.total()) {
                        tray.workers++;
                        tray.crew.workers++;
                        begun.add(way);
                    }
                });
        return begun;
    }

    /** It was too much: when this way opens again, one finds out whether the platform takes it. */
    synchronized void beCareful(Way way) {
        careful.add(way);
    }

    /** The platform has looked at a message: as many as ever may go. */
    synchronized void trust(Way way) {
        if (careful.remove(way)) {
            pulse.kick();
        }
    }

    synchronized Optional<Leased> next(Way way) {
        var tray = trays.get(way);
        if (tray == null || tray.waiting.isEmpty()) {
            return Optional.empty();
        }
        var next = tray.waiting.removeFirst();
        if (tray.more && tray.low()) {
            tray.more = false;
            pulse.kick();
        }
        return Optional.of(next);
    }

    /** Whether a worker has something left to do; if not, it is one no more. */
    synchronized boolean goesOn(Way way) {
        var tray = trays.get(way);
        if (tray == null) {
            return false;
        }
        if (!tray.waiting.isEmpty()) {
            return true;
        }
        if (tray.crew.workers == concurrency.total()) {
            pulse.kick(); // others may wait for a worker
        }
        tray.crew.workers--;
        tray.workers--;
        if (tray.workers == 0) {
            trays.remove(way);
        }
        return false;
    }

    /** Workers of whom there may be only so many. */
    private static final class Crew {
        private int workers;
    }

    private static final class Tray {
        private final int ahead;
        private final Crew crew;
        private final List<Leased> waiting = new ArrayList<>();
        private int workers;
        private boolean more;

        Tray(int ahead, Crew crew) {
            this.ahead = ahead;
            this.crew = crew;
        }

        void add(Leased leased) {
            var place = waiting.size();
            while (place > 0 && waiting.get(place - 1).lane() > leased.lane()) {
                place--;
            }
            waiting.add(place, leased);
        }

        boolean low() {
            return waiting.size() <= ahead / 2;
        }
    }
}
