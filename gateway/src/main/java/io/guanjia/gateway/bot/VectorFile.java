package io.guanjia.gateway.bot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Keeps what wordings were encoded to, so that a start need not encode them all again: 2 s of CPU
 * for a thousand.
 *
 * <p>Only ever saves time. A file that is missing, damaged or from another model counts as empty,
 * and one that can't be written is done without.
 */
final class VectorFile {

    private static final Logger log = LoggerFactory.getLogger(VectorFile.class);

    /** What it is encoded to tells models apart. */
    private static final Utterance PROBE = Utterance.of("管家");

    private final Path file;

    VectorFile(Path file) {
        this.file = file;
    }

    /** By sentence. Compression is for its checksum. */
    Map<String, float[]> read(Encoder encoder) {
        try (var in =
                new DataInputStream(
                        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
            var probe = encoder.encode(PROBE);
            var vectors = new HashMap<String, float[]>();
            if (in.readInt() == probe.length && Arrays.equals(vector(in, probe.length), probe)) {
                for (var left = in.readInt(); left > 0; left--) {
                    vectors.put(in.readUTF(), vector(in, probe.length));
                }
            }
            // The checksum is compared at the end of the file.
            return in.read() < 0 ? vectors : Map.of();
        } catch (IOException e) {
            log.debug("Starting without {}", file, e);
            return Map.of();
        }
    }

    private static float[] vector(DataInputStream in, int dimensions) throws IOException {
        var vector = new float[dimensions];
        for (var i = 0; i < dimensions; i++) {
            vector[i] = in.readFloat();
        }
        return vector;
    }

    /** Replaces the file whole: a crash leaves the one before. */
    void write(Map<String, float[]> vectors, Encoder encoder) {
        try {
            var folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            var next = Files.createTempFile(folder, file.getFileName().toString(), null);
            try {
                writeTo(next, vectors, encoder.encode(PROBE));
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            log.warn(
                    "{} can't be written, so the next start will take longer: {}",
                    file,
                    e.toString());
        }
    }

    private static void writeTo(Path next, Map<String, float[]> vectors, float[] probe)
            throws IOException {
        try (var out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                new GZIPOutputStream(Files.newOutputStream(next))))) {
            out.writeInt(probe.length);
            write(probe, out);
            out.writeInt(vectors.size());
            for (var one : vectors.entrySet()) {
                out.writeUTF(one.getKey());
                write(one.getValue(), out);
            }
        }
    }

    private static void write(float[] vector, DataOutputStream out) throws IOException {
        for (var x : vector) {
            out.writeFloat(x);
        }
    }
}
