package io.guanjia.gateway.outbound;

import java.time.Duration;

/** How long to rest between two rounds. One round at a time. */
final class Rhythm {

    /** However often it is kicked: what comes in meanwhile is found by the same look. */
    static final Duration LEAST = Duration.ofMillis(5);

    private final Duration fastest;
    private final Duration slowest;
    private Duration pause;

    Rhythm(OutboundSettings settings) {
        fastest = settings.pollFastest();
        slowest = settings.pollSlowest();
        pause = fastest;
    }

    /** Short after a round with something in it, then twice as long each time. */
    Duration pause(Round.Found found) {
        pause = found.something() ? fastest : shorter(pause.multipliedBy(2), slowest);
        return shorter(pause, atLeast(found.patience()));
    }

    private static Duration atLeast(Duration patience) {
        var least = Duration.ofMillis(1);
        return patience.compareTo(least) < 0 ? least : patience;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
