package io.guanjia.gateway.bot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the entries of one version of the knowledge that are closest to a sentence.
 *
 * <p>Compares with every wording of every entry. An entry is as close as its four closest wordings
 * are on average, the closest counting most: going by the closest alone, entries with many wordings
 * drew in what was not theirs, and one in ten questions more went to the wrong entry. Immutable,
 * thread-safe.
 */
final class KnowledgeIndex {

    /** Shared words only break ties between meanings. More of it, or fusion by rank, was worse. */
    private static final float LEXICAL_WEIGHT = 0.1f;

    private static final double[] CLOSENESS_WEIGHTS = {4, 3, 2, 1};

    /**
     * @param nearest the cosine of the closest wording, in -1..1
     * @param score what the ranking goes by
     */
    record Match(Entry entry, double nearest, double score) {}

    private record Wording(Entry entry, Utterance sentence, float[] vector) {}

    private final Knowledge knowledge;
    private final Encoder encoder;
    private final List<Wording> wordings = new ArrayList<>();
    private final Map<String, Entry> verbatim = new HashMap<>();
    private final Bm25 lexical;

    private KnowledgeIndex(Knowledge knowledge, Encoder encoder, Map<String, float[]> known) {
        this.knowledge = knowledge;
        this.encoder = encoder;
        for (var entry : knowledge.entries()) {
            entry.wordings().forEach(wording -> add(entry, wording, known));
        }
        this.lexical = new Bm25(wordings.stream().map(Wording::sentence).toList());
    }

    /** Takes about 2 ms of CPU a wording. */
    static KnowledgeIndex of(Knowledge knowledge, Encoder encoder) {
        return new KnowledgeIndex(knowledge, encoder, Map.of());
    }

    /** An index of other knowledge that encodes only the wordings this one does not have. */
    KnowledgeIndex over(Knowledge changed) {
        var known = new HashMap<String, float[]>();
        wordings.forEach(wording -> known.put(wording.sentence().text(), wording.vector()));
        return new KnowledgeIndex(changed, encoder, known);
    }

    private void add(Entry entry, String wording, Map<String, float[]> known) {
        var sentence = knowledge.rules().withoutFillers(Utterance.of(wording));
        var vector = known.get(sentence.text());
        wordings.add(
                new Wording(entry, sentence, vector == null ? encoder.encode(sentence) : vector));
        verbatim.put(sentence.compact(), entry);
    }

    Knowledge knowledge() {
        return knowledge;
    }

    int size() {
        return wordings.size();
    }

    /** The entry that has this very wording, give or take spaces and punctuation. */
    Optional<Entry> verbatim(Utterance sentence) {
        return Optional.ofNullable(verbatim.get(sentence.compact()));
    }

    /** Every entry, the closest first. Takes milliseconds of CPU. */
    List<Match> rank(Utterance sentence) {
        var vector = encoder.encode(sentence);
        var shared = lexical.scores(sentence);
        var closest = new HashMap<Entry, Closest>();
        for (var i = 0; i < wordings.size(); i++) {
            var wording = wordings.get(i);
            closest.computeIfAbsent(wording.entry(), _ -> new Closest())
                    .add(dot(vector, wording.vector()), shared[i]);
        }
        return closest.entrySet().stream()
                .map(one -> one.getValue().match(one.getKey()))
                .sorted(Comparator.comparingDouble(Match::score).reversed())
                .toList();
    }

    /** An entry's closest wordings so far. */
    private static final class Closest {

        private double nearest = -1;
        private final List<Double> scores = new ArrayList<>();

        void add(float cosine, float shared) {
            nearest = Math.max(nearest, cosine);
            scores.add((double) cosine + LEXICAL_WEIGHT * shared);
        }

        Match match(Entry entry) {
            scores.sort(Comparator.reverseOrder());
            var sum = 0d;
            var weights = 0d;
            for (var i = 0; i < Math.min(scores.size(), CLOSENESS_WEIGHTS.length); i++) {
                sum += CLOSENESS_WEIGHTS[i] * scores.get(i);
                weights += CLOSENESS_WEIGHTS[i];
            }
            return new Match(entry, nearest, sum / weights);
        }
    }

    private static float dot(float[] one, float[] other) {
        var sum = 0f;
        for (var i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
