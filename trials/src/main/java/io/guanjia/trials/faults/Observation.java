package io.guanjia.trials.faults;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything there is to know about a trial once it is quiet.
 *
 * @param offers what customers wrote
 * @param kept the ids of what PostgreSQL holds of each customer, in its order
 * @param seen the words that each customer saw of us, in their order
 * @param ambiguous the words to each customer of which the gateway itself says that nobody knows
 *     whether they arrived
 * @param said what agents told each customer, each once; those that were promised to arrive
 * @param doubleAssignments conversations that two agents had at the same time
 */
public record Observation(
        List<Offer> offers,
        Map<String, List<String>> kept,
        Map<String, List<String>> seen,
        Map<String, Set<String>> ambiguous,
        Map<String, List<String>> said,
        long doubleAssignments) {

    List<String> kept(String openid) {
        return kept.getOrDefault(openid, List.of());
    }

    List<String> seen(String openid) {
        return seen.getOrDefault(openid, List.of());
    }

    Set<String> ambiguous(String openid) {
        return ambiguous.getOrDefault(openid, Set.of());
    }

    List<String> said(String openid) {
        return said.getOrDefault(openid, List.of());
    }

    /** One customer's part of it. */
    Observation only(String openid) {
        return new Observation(
                offers.stream().filter(offer -> offer.openid().equals(openid)).toList(),
                kept,
                seen,
                ambiguous,
                said.containsKey(openid) ? Map.of(openid, said(openid)) : Map.of(),
                0);
    }
}
