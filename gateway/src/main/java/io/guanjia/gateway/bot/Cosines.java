package io.guanjia.gateway.bot;

import java.util.List;

/**
 * Compares one vector of length 1 with many. Immutable, thread-safe.
 *
 * <p>The vectors lie side by side, dimension by dimension, so that the sums of many of them grow
 * together: Java makes that loop one of vector instructions, which it may not do with the sum of a
 * single product, whose order it has to keep. It is several times as fast.
 */
final class Cosines {

    private final int vectors;
    private final float[] byDimension;

    /**
     * @param vectors each of length 1, and all with the same number of dimensions
     */
    Cosines(List<float[]> vectors) {
        this.vectors = vectors.size();
        var dimensions = vectors.isEmpty() ? 0 : vectors.getFirst().length;
        byDimension = new float[dimensions * this.vectors];
        for (var vector = 0; vector < this.vectors; vector++) {
            for (var dimension = 0; dimension < dimensions; dimension++) {
                byDimension[dimension * this.vectors + vector] = vectors.get(vector)[dimension];
            }
        }
    }

    /** The cosine of each vector with this one, in the order they were given. */
    float[] with(float[] one) {
        var sums = new float[vectors];
        for (var dimension = 0; dimension * vectors < byDimension.length; dimension++) {
            add(one[dimension], dimension * vectors, sums);
        }
        return sums;
    }

    private void add(float factor, int from, float[] sums) {
        for (var i = 0; i < sums.length; i++) {
            sums[i] += factor * byDimension[from + i];
        }
    }
}
