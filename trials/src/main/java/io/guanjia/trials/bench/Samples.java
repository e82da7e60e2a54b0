package io.guanjia.trials.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The same thing measured several times. */
final class Samples {

    private final List<Double> sorted = new ArrayList<>();

    void add(double sample) {
        sorted.add(sample);
        Collections.sort(sorted);
    }

    boolean isEmpty() {
        return sorted.isEmpty();
    }

    /** Not a number where nothing was measured. */
    double median() {
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double minimum() {
        return sorted.isEmpty() ? Double.NaN : sorted.getFirst();
    }

    double maximum() {
        return sorted.isEmpty() ? Double.NaN : sorted.getLast();
    }
}
