package io.guanjia.gateway.accounts;

import io.guanjia.gateway.channel.CallsLeft;
import io.guanjia.gateway.channel.HealthSign;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the nodes see of one account, brought together.
 *
 * @param nodes one for each, of those that work with the account or should
 */
record Sightings(List<Sighting> nodes) {

    static final Sightings NONE = new Sightings(List.of());

    Sightings {
        nodes = List.copyOf(nodes);
    }

    Sightings and(Sighting another) {
        return new Sightings(Stream.concat(nodes.stream(), Stream.of(another)).toList());
    }

    /** Why it is not in force on all nodes; null where it is. What the first of them says. */
    @Nullable Seen<Trouble> trouble() {
        Trouble first = null;
        var count = 0;
        for (var node : nodes) {
            if (node.trouble() != null) {
                first = first == null ? node.trouble() : first;
                count++;
            }
        }
        return first == null ? null : new Seen<>(first, count, nodes.size());
    }

    /** For each part either everything that is wrong with it anywhere, or that it is well. */
    List<Seen<HealthSign>> signs() {
        var byPart = new LinkedHashMap<String, List<HealthSign>>();
        for (var node : nodes) {
            for (var sign : node.signs()) {
                byPart.computeIfAbsent(sign.part(), _ -> new ArrayList<>()).add(sign);
            }
        }
        return byPart.values().stream().flatMap(this::together).toList();
    }

    private Stream<Seen<HealthSign>> together(List<HealthSign> part) {
        var ill = new LinkedHashMap<String, List<HealthSign>>();
        for (var sign : part) {
            if (sign.problem() != null) {
                ill.computeIfAbsent(sign.problem(), _ -> new ArrayList<>()).add(sign);
            }
        }
        return ill.isEmpty()
                ? Stream.of(new Seen<>(lasting(part), part.size(), nodes.size()))
                : ill.values().stream()
                        .map(same -> new Seen<>(same.getFirst(), same.size(), nodes.size()));
    }

    /** The one that lasts longest: not every node knows until when. */
    private static HealthSign lasting(List<HealthSign> well) {
        var longest = well.getFirst();
        for (var sign : well) {
            var until = sign.until();
            var sofar = longest.until();
            if (until != null && (sofar == null || until.isAfter(sofar))) {
                longest = sign;
            }
        }
        return longest;
    }

    /** What is left of each API's calls: nodes ask at different times, and calls only get fewer. */
    List<CallsLeft> calls() {
        var fewest = new LinkedHashMap<Counted, CallsLeft>();
        for (var node : nodes) {
            for (var calls : node.calls()) {
                fewest.merge(
                        new Counted(calls.api(), calls.per()),
                        calls,
                        (one, two) -> two.left() < one.left() ? two : one);
            }
        }
        return List.copyOf(fewest.values());
    }

    private record Counted(String api, CallsLeft.Per per) {}
}
