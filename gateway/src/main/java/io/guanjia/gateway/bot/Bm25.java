package io.guanjia.gateway.bot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Ranks sentences by the words they share with a question, rare words counting most (Okapi BM25).
 *
 * <p>Chinese is cut into characters and pairs of neighbours, so it needs no dictionary. Ours and
 * not a search engine, because a knowledge base of thousands of sentences fits in a map, and is
 * replaced whole when a file changes.
 */
final class Bm25 {

    private static final double SATURATION = 1.2;
    private static final double LENGTH_PENALTY = 0.75;
    private static final Pattern TERM =
            Pattern.compile("\\p{IsHan}|[\\p{L}\\p{N}&&[^\\p{IsHan}]]+");

    private record Posting(int sentence, float weight) {}

    private final Map<String, List<Posting>> postings = new HashMap<>();
    private final int size;

    Bm25(List<Utterance> sentences) {
        this.size = sentences.size();
        var counted = sentences.stream().map(Bm25::terms).toList();
        var averageLength = counted.stream().mapToInt(Bm25::length).average().orElse(1);
        for (var sentence = 0; sentence < size; sentence++) {
            var terms = counted.get(sentence);
            var penalty =
                    1
                            - LENGTH_PENALTY
                            + LENGTH_PENALTY * length(terms) / Math.max(1, averageLength);
            for (var term : terms.entrySet()) {
                var times = term.getValue();
                var weight = times * (SATURATION + 1) / (times + SATURATION * penalty);
                postings.computeIfAbsent(term.getKey(), _ -> new ArrayList<>())
                        .add(new Posting(sentence, (float) weight));
            }
        }
    }

    /**
     * A score for each sentence, in the order they were given, the best being 1; all 0 if none
     * fits.
     */
    float[] scores(Utterance question) {
        var scores = new float[size];
        var best = 0f;
        for (var term : terms(question).keySet()) {
            var found = postings.getOrDefault(term, List.of());
            var rarity = (float) Math.log(1 + (size - found.size() + 0.5) / (found.size() + 0.5));
            for (var posting : found) {
                scores[posting.sentence()] += rarity * posting.weight();
                best = Math.max(best, scores[posting.sentence()]);
            }
        }
        for (var i = 0; best > 0 && i < size; i++) {
            scores[i] /= best;
        }
        return scores;
    }

    private static int length(Map<String, Integer> terms) {
        return terms.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> terms(Utterance sentence) {
        var terms = new HashMap<String, Integer>();
        var before = "";
        var end = -1;
        var matcher = TERM.matcher(sentence.compact());
        while (matcher.find()) {
            var term = matcher.group();
            terms.merge(term, 1, Integer::sum);
            if (matcher.start() == end) {
                terms.merge(before + term, 1, Integer::sum);
            }
            before = term;
            end = matcher.end();
        }
        return terms;
    }
}
