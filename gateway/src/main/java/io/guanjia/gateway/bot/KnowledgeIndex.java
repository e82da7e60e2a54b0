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
 * <p>Compares with every wording of every entry; an entry is as close as its closest wording.
 * Immutable, thread-safe.
 */
final class KnowledgeIndex {

    /** Shared words only break ties between meanings. More of it, or fusion by rank, was worse. */
    private static final float LEXICAL_WEIGHT = 0.1f;

    /**
     * @param cosine of the closest wording, in -1..1
     * @param score what the ranking goes by
     */
    record Match(Entry entry, float cosine, float score) {}

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
        var best = new HashMap<Entry, Match>();
        for (var i = 0; i < wordings.size(); i++) {
            var wording = wordings.get(i);
            var cosine = dot(vector, wording.vector());
            best.merge(
                    wording.entry(),
                    new Match(wording.entry(), cosine, cosine + LEXICAL_WEIGHT * shared[i]),
                    KnowledgeIndex::closer);
        }
        return best.values().stream()
                .sorted(Comparator.comparingDouble(Match::score).reversed())
                .toList();
    }

    private static Match closer(Match one, Match other) {
        return new Match(
                one.entry(),
                Math.max(one.cosine(), other.cosine()),
                Math.max(one.score(), other.score()));
    }

    private static float dot(float[] one, float[] other) {
        var sum = 0f;
        for (var i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
