package io.guanjia.trials.bench;

import java.util.Map;

/** The straight line that fits best. */
final class Slope {

    private Slope() {}

    /** How much the value grows with each step of the key, by least squares. */
    static double of(Map<Integer, Long> points) {
        var meanX = points.keySet().stream().mapToDouble(x -> x).average().orElseThrow();
        var meanY = points.values().stream().mapToDouble(y -> y).average().orElseThrow();
        var up = 0.0;
        var along = 0.0;
        for (var point : points.entrySet()) {
            up += (point.getKey() - meanX) * (point.getValue() - meanY);
            along += (point.getKey() - meanX) * (point.getKey() - meanX);
        }
        return up / along;
    }
}
