package io.guanjia.gateway.outbound;

import io.guanjia.gateway.channel.Channels;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many of the platform's calls messages take, which is what its pace counts: a long SMS on a
 * carrier line takes one for each of its parts.
 */
final class CallsTaken {

    private final Channels channels;
    private final Map<Way, Integer> lately = new ConcurrentHashMap<>();

    CallsTaken(Channels channels) {
        this.channels = channels;
    }

    /** By one message of a way, going by those that were last begun. */
    int lately(Way way) {
        return lately.getOrDefault(way, 1);
    }

    /** Which of these messages may go for so many calls: the first ones, and one at the least. */
    Share share(Way way, List<Leased> leased, int granted) {
        var going = new ArrayList<Leased>();
        var calls = 0;
        for (var one : leased) {
            var more = of(one);
            if (!going.isEmpty() && calls + more > granted) {
                break;
            }
            going.add(one);
            calls += more;
        }
        if (!going.isEmpty()) {
            lately.put(way, Math.ceilDiv(calls, going.size()));
        }
        return new Share(
                List.copyOf(going),
                List.copyOf(leased.subList(going.size(), leased.size())),
                calls - granted);
    }

    private int of(Leased leased) {
        var content = leased.content();
        return content == null
                ? 1
                : channels.find(leased.way().channel())
                        .map(channel -> channel.calls(leased.way().account(), content))
                        .orElse(1);
    }

    /**
     * @param tooMany are for the next time
     * @param more calls than were granted; less than 0 for fewer
     */
    record Share(List<Leased> going, List<Leased> tooMany, int more) {}
}
