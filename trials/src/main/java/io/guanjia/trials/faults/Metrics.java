package io.guanjia.trials.faults;

import io.guanjia.trials.process.Http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;

/** A node's metrics as they stood when asked. */
final class Metrics {

    private final String text;

    private Metrics(String text) {
        this.text = text;
    }

    /** Those of a node that does not answer are empty. */
    static Metrics of(URI node) {
        try {
            var address = node.resolve("/actuator/prometheus");
            return new Metrics(Http.send(HttpRequest.newBuilder(address)).body());
        } catch (IOException e) {
            return new Metrics("");
        }
    }

    /** The sum over all series of that name; 0 where there is none. */
    double value(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
