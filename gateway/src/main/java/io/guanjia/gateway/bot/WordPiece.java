package io.guanjia.gateway.bot;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a sentence into the pieces a BERT model knows by number: one for each Chinese character and
 * punctuation mark, and the longest known prefixes of other words.
 *
 * <p>Does what the model's own {@code tokenizer.json} asks of Hugging Face's tokenizers library,
 * for text in the form of {@link Utterance#text}. Ours, because that library brings native code of
 * its own, unpacked into the home folder at run time, to do what these lines do.
 */
final class WordPiece {

    private static final int MAX_WORD = 100;

    private final Map<String, Long> vocabulary;
    private final long first;
    private final long last;
    private final long unknown;

    private WordPiece(Map<String, Long> vocabulary) {
        this.vocabulary = vocabulary;
        this.first = require(vocabulary, "[CLS]");
        this.last = require(vocabulary, "[SEP]");
        this.unknown = require(vocabulary, "[UNK]");
    }

    /** Reads the vocabulary from a {@code tokenizer.json}. */
    static WordPiece read(InputStream tokenizer) {
        var vocabulary = new HashMap<String, Long>();
        JsonMapper.shared()
                .readTree(tokenizer)
                .required("model")
                .required("vocab")
                .properties()
                .forEach(piece -> vocabulary.put(piece.getKey(), piece.getValue().asLong()));
        return new WordPiece(vocabulary);
    }

    private static long require(Map<String, Long> vocabulary, String piece) {
        var id = vocabulary.get(piece);
        if (id == null) {
            throw new IllegalArgumentException("The vocabulary has no " + piece);
        }
        return id;
    }

    /** At most {@code max} numbers, the marks for start and end included. */
    long[] tokens(String text, int max) {
        var tokens = new ArrayList<Long>();
        tokens.add(first);
        for (var word : words(text)) {
            tokens.addAll(pieces(word));
        }
        while (tokens.size() >= max) {
            tokens.removeLast();
        }
        tokens.add(last);
        return tokens.stream().mapToLong(Long::longValue).toArray();
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            var alone = isChinese(c) || isPunctuation(c);
                            if (alone || Character.isWhitespace(c)) {
                                finish(word, words);
                            }
                            if (alone) {
                                words.add(Character.toString(c));
                            } else if (!Character.isWhitespace(c)) {
                                word.appendCodePoint(c);
                            }
                        });
        finish(word, words);
        return words;
    }

    private static void finish(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /** A word with any part unknown is unknown as a whole. */
    private List<Long> pieces(String word) {
        var pieces = new ArrayList<Long>();
        for (var start = 0; start < word.length(); ) {
            var prefix = start == 0 ? "" : "##";
            var end = word.length() > MAX_WORD ? start : word.length();
            @Nullable Long id = null;
            while (end > start
                    && (id = vocabulary.get(prefix + word.substring(start, end))) == null) {
                end--;
            }
            if (id == null) {
                return List.of(unknown);
            }
            pieces.add(id);
            start = end;
        }
        return pieces;
    }

    /** The blocks BERT means by Chinese; kana and hangul are not among them. */
    private static boolean isChinese(int c) {
        return in(c, 0x4E00, 0x9FFF)
                || in(c, 0x3400, 0x4DBF)
                || in(c, 0xF900, 0xFAFF)
                || in(c, 0x20000, 0x2CEAF)
                || in(c, 0x2F800, 0x2FA1F);
    }

    private static boolean isPunctuation(int c) {
        return in(c, '!', '/')
                || in(c, ':', '@')
                || in(c, '[', '`')
                || in(c, '{', '~')
                || switch (Character.getType(c)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION ->
                            true;
                    default -> false;
                };
    }

    private static boolean in(int c, int from, int to) {
        return from <= c && c <= to;
    }
}
