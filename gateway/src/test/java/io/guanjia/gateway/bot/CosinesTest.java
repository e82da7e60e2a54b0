package io.guanjia.gateway.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class CosinesTest {

    @Test
    void eachIsTheProductOfTheTwoVectors() {
        var random = new Random(7);
        var vectors = new ArrayList<float[]>();
        for (var i = 0; i < 37; i++) {
            vectors.add(unit(random));
        }
        var one = unit(random);

        var cosines = new Cosines(vectors).with(one);

        assertThat(cosines).hasSize(37);
        for (var i = 0; i < cosines.length; i++) {
            assertThat((double) cosines[i]).isCloseTo(product(one, vectors.get(i)), within(1e-5));
        }
    }

    @Test
    void nothingIsLikeNothing() {
        assertThat(new Cosines(List.of()).with(unit(new Random(7)))).isEmpty();
    }

    private static float[] unit(Random random) {
        var vector = new float[512];
        var length = 0d;
        for (var i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
            length += vector[i] * vector[i];
        }
        for (var i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(length);
        }
        return vector;
    }

    private static double product(float[] one, float[] other) {
        var sum = 0d;
        for (var i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
