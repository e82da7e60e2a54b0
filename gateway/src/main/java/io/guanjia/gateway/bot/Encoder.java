package io.guanjia.gateway.bot;

/** Turns a sentence into a direction in space, such that sentences of like meaning point alike. */
@FunctionalInterface
interface Encoder {

    /**
     * A vector of length 1, always of the same dimension. Takes CPU for milliseconds; thread-safe.
     */
    float[] encode(Utterance sentence);
}
