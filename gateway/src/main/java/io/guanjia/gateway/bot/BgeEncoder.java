package io.guanjia.gateway.bot;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * BAAI's bge-small-zh-v1.5, quantised to 8 bits, run by ONNX Runtime on one thread a call.
 *
 * <p>About 2 ms for a short sentence. Its vectors have 512 dimensions. Its memory is native, beside
 * the heap, and is kept until the process ends: there is one for all who need it.
 */
final class BgeEncoder implements Encoder {

    private static final String MODEL = "/bge-small-zh-v1.5-q.onnx";
    private static final String VOCABULARY = "/bge-small-zh-v1.5-q-tokenizer.json";

    /** The model takes 512; a question that needs more than this is not one question. */
    private static final int MAX_TOKENS = 128;

    private static @Nullable BgeEncoder shared;

    private final WordPiece words;
    private final OrtEnvironment environment;
    private final OrtSession session;

    private BgeEncoder(WordPiece words, OrtEnvironment environment, OrtSession session) {
        this.words = words;
        this.environment = environment;
        this.session = session;
    }

    /**
     * Takes about half a second the first time. Fails where ONNX Runtime has no library for this
     * machine, or nowhere to unpack it.
     */
    static synchronized BgeEncoder shared() {
        if (shared == null) {
            shared = load();
        }
        return shared;
    }

    private static BgeEncoder load() {
        try (var model = resource(MODEL);
                var vocabulary = resource(VOCABULARY);
                var options = new OrtSession.SessionOptions()) {
            var environment = OrtEnvironment.getEnvironment();
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // The arena keeps the largest sentence's memory for ever and buys no time here.
            options.setCPUArenaAllocator(false);
            var session = environment.createSession(model.readAllBytes(), options);
            return new BgeEncoder(WordPiece.read(vocabulary), environment, session);
        } catch (IOException e) {
            throw new UncheckedIOException("The language model can't be read", e);
        } catch (OrtException e) {
            throw new IllegalStateException("The language model can't be started", e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        var found = BgeEncoder.class.getResourceAsStream(name);
        if (found == null) {
            throw new IOException(name + " is not on the class path");
        }
        return found;
    }

    @Override
    public float[] encode(Utterance sentence) {
        var tokens = words.tokens(sentence.text(), MAX_TOKENS);
        var attended = new long[tokens.length];
        Arrays.fill(attended, 1);
        var shape = new long[] {1, tokens.length};
        try (var ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), shape);
                var mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(attended), shape);
                var types =
                        OnnxTensor.createTensor(
                                environment, LongBuffer.wrap(new long[tokens.length]), shape);
                var output =
                        session.run(
                                Map.of(
                                        "input_ids", ids,
                                        "attention_mask", mask,
                                        "token_type_ids", types))) {
            return firstTokenOf((OnnxTensor) output.get(0));
        } catch (OrtException e) {
            throw new IllegalStateException("The language model failed", e);
        }
    }

    /** The model was trained so that its first token stands for the sentence. */
    private static float[] firstTokenOf(OnnxTensor hidden) {
        var dimensions = (int) hidden.getInfo().getShape()[2];
        var vector = new float[dimensions];
        hidden.getFloatBuffer().get(vector);
        var length = 0d;
        for (var x : vector) {
            length += x * x;
        }
        var scale = (float) (1 / Math.sqrt(length));
        for (var i = 0; i < dimensions; i++) {
            vector[i] *= scale;
        }
        return vector;
    }
}
