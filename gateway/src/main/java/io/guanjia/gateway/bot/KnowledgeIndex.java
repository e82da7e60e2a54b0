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

    private record Wording(Utterance sentence, float[] vector) {}

    /** An entry whose wordings are the ones from {@code from} until before {@code to}. */
    private record Indexed(Entry entry, int from, int to) {}

    private final Knowledge knowledge;
    private final Encoder encoder;
    private final List<Wording> wordings = new ArrayList<>();
    private final List<Indexed> entries = new ArrayList<>();
    private final Map<String, Entry> verbatim = new HashMap<>();
    private final Cosines meanings;
    private final Bm25 lexical;
    private int encoded;

    private KnowledgeIndex(Knowledge knowledge, Encoder encoder, Map<String, float[]> known) {
        this.knowledge = knowledge;
        this.encoder = encoder;
        for (var entry : knowledge.entries()) {
            var from = wordings.size();
            entry.wordings().forEach(wording -> add(entry, wording, known));
            entries.add(new Indexed(entry, from, wordings.size()));
        }
        this.meanings = new Cosines(wordings.stream().map(Wording::vector).toList());
        this.lexical = new Bm25(wordings.stream().map(Wording::sentence).toList());
    }

    /**
     * Takes about 2 ms of CPU for each wording that is not among {@code known}.
     *
     * @param known what {@link #vectors} of other indexes with the same encoder gave
     */
    static KnowledgeIndex of(Knowledge knowledge, Encoder encoder, Map<String, float[]> known) {
        return new KnowledgeIndex(knowledge, encoder, known);
    }

    /** An index of other knowledge that encodes only the wordings this one does not have. */
    KnowledgeIndex over(Knowledge changed) {
        return new KnowledgeIndex(changed, encoder, vectors());
    }

    private void add(Entry entry, String wording, Map<String, float[]> known) {
        var sentence = knowledge.rules().withoutFillers(Utterance.of(wording));
        var vector = known.get(sentence.text());
        if (vector == null) {
            vector = encoder.encode(sentence);
            encoded++;
        }
        wordings.add(new Wording(sentence, vector));
        verbatim.put(sentence.compact(), entry);
    }

    Knowledge knowledge() {
        return knowledge;
    }

    Encoder encoder() {
        return encoder;
    }

    int size() {
        return wordings.size();
    }

    /** How many wordings were not known and had to be encoded. */
    int encoded() {
        return encoded;
    }

    /** What each wording was encoded to. */
    Map<String, float[]> vectors() {
        var vectors = new HashMap<String, float[]>();
        wordings.forEach(wording -> vectors.put(wording.sentence().text(), wording.vector()));
        return vectors;
    }

    /** The entry that has this very wording, give or take spaces and punctuation. */
    Optional<Entry> verbatim(Utterance sentence) {
        return Optional.ofNullable(verbatim.get(sentence.compact()));
    }

    /** Every entry, the closest first. Takes milliseconds of CPU. */
    List<Match> rank(Utterance sentence) {
        var cosines = meanings.with(encoder.encode(sentence));
        var shared = lexical.scores(sentence);
        return entries.stream()
                .map(one -> match(one, cosines, shared))
                .sorted(Comparator.comparingDouble(Match::score).reversed())
                .toList();
    }

    private static Match match(Indexed one, float[] cosines, float[] shared) {
        var scores = new double[one.to() - one.from()];
        var nearest = -1d;
        for (var i = 0; i < scores.length; i++) {
            var cosine = cosines[one.from() + i];
            scores[i] = cosine + LEXICAL_WEIGHT * shared[one.from() + i];
            nearest = Math.max(nearest, cosine);
        }
        return new Match(one.entry(), nearest, closeness(scores));
    }

    /** The mean of the best few, the best counting most. Changes the order of the scores. */
    private static double closeness(double[] scores) {
        var sum = 0d;
        var weights = 0d;
        for (var i = 0; i < Math.min(scores.length, CLOSENESS_WEIGHTS.length); i++) {
            sum += CLOSENESS_WEIGHTS[i] * bestFrom(i, scores);
            weights += CLOSENESS_WEIGHTS[i];
        }
        return sum / weights;
    }

    /** Moves the best of what is left to the front of it. */
    private static double bestFrom(int start, double[] scores) {
        for (var i = start + 1; i < scores.length; i++) {
            if (scores[i] > scores[start]) {
                var better = scores[i];
                scores[i] = scores[start];
                scores[start] = better;
            }
        }
        return scores[start];
    }
}
