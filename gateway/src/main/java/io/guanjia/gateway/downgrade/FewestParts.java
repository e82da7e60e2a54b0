package io.guanjia.gateway.downgrade;

import io.guanjia.gateway.channel.TextLimit;
import io.guanjia.gateway.channel.TextLimit.Parts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Divides words into messages that the network divides once more and bills by the part: a message
 * that reaches a few characters into a part costs all of it. So these end where they cost the
 * fewest parts together, at places that are as good for the reader.
 *
 * <p>There are never more messages for that than if each were filled: what is said at once is
 * better read in one piece than cheap in ten. The console's {@code fewest-parts.ts} shows the cost
 * by the same rules.
 */
final class FewestParts {

    private final String text;
    private final TextLimit limit;
    private final Parts bill;
    private final Map<Integer, List<Step>> steps = new HashMap<>();

    private FewestParts(String text, TextLimit limit, Parts bill) {
        this.text = text;
        this.limit = limit;
        this.bill = bill;
    }

    /**
     * @param text without space at its ends
     * @param most so many messages at most; as many as it takes when each is filled
     */
    static List<String> of(String text, TextLimit limit, Parts bill, int most) {
        return new FewestParts(text, limit, bill).divide(most);
    }

    /** Goes from place to place, a message at a time, and keeps the best way to each. */
    private List<String> divide(int most) {
        var complete = new ArrayList<Way>();
        var ways = latestFirst();
        ways.put(0, new Way(null, "", 0, 0));
        for (var messages = 1; messages <= most; messages++) {
            var longer = latestFirst();
            ways.forEach(
                    (from, way) ->
                            steps.computeIfAbsent(from, this::steps)
                                    .forEach(
                                            step ->
                                                    longer.merge(
                                                            step.to(), way.and(step), Way::or)));
            var whole = longer.remove(text.length());
            if (whole != null) {
                complete.add(whole);
            }
            ways = longer;
        }
        // Of those that cost the same, the one with the fewest messages, which came first.
        return complete.stream().min(Comparator.comparingInt(Way::parts)).orElseThrow().messages();
    }

    private static TreeMap<Integer, Way> latestFirst() {
        return new TreeMap<>(Comparator.reverseOrder());
    }

    /** The messages that may come next. */
    private List<Step> steps(int from) {
        var rest = text.substring(from);
        var found = new ArrayList<Step>();
        if (limit.fits(rest)) {
            found.add(new Step(text.length(), rest, bill.of(rest), 0));
        }
        ends(rest).forEach(end -> found.add(step(from, rest, end)));
        return found;
    }

    /** Where nobody would pause: as late as can be, or where a part is full. */
    private List<Integer> ends(String rest) {
        var longest = Sentences.longest(rest, limit::fits);
        var pauses = Sentences.pauses(rest, longest);
        if (!pauses.isEmpty()) {
            return pauses;
        }
        var start = rest.substring(0, longest);
        var parts = bill.of(start);
        return parts == 1
                ? List.of(longest)
                : List.of(longest, Sentences.longest(start, shorter -> bill.of(shorter) < parts));
    }

    private Step step(int from, String rest, int end) {
        var next = end;
        while (next < rest.length() && Character.isWhitespace(rest.charAt(next))) {
            next++;
        }
        var message = rest.substring(0, end).strip();
        return new Step(
                from + next,
                message,
                bill.of(message),
                next == rest.length() ? 0 : roughness(Pause.at(rest, end)));
    }

    private static int roughness(@Nullable Pause pause) {
        return pause == null ? Pause.NONE : pause.roughness();
    }

    /**
     * One message.
     *
     * @param to where the next one begins
     * @param roughness how badly a reader is interrupted
     */
    private record Step(int to, String message, int parts, int roughness) {}

    /**
     * The messages up to a place.
     *
     * @param before all but the last of them; null at the beginning, where there is none
     */
    private record Way(@Nullable Way before, String last, int parts, int roughness) {

        Way and(Step step) {
            return new Way(this, step.message, parts + step.parts, roughness + step.roughness);
        }

        /** The cheaper, then the smoother one; of two that are the same, this. */
        Way or(Way other) {
            return other.parts < parts || (other.parts == parts && other.roughness < roughness)
                    ? other
                    : this;
        }

        List<String> messages() {
            var lastFirst = new ArrayList<String>();
            for (var way = this; way.before != null; way = way.before) {
                lastFirst.add(way.last);
            }
            return List.copyOf(lastFirst.reversed());
        }
    }
}
