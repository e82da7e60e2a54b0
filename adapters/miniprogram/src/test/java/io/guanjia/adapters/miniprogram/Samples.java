package io.guanjia.adapters.miniprogram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Our own documents in {@code src/test/resources/callbacks}. */
final class Samples {

    private Samples() {}

    static String read(String name) {
        try (var file = Samples.class.getResourceAsStream("/callbacks/" + name)) {
            if (file == null) {
                throw new IllegalArgumentException("no sample " + name);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
