package io.guanjia.embedded;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;

/**
 * The JVM in which {@link KafkaBroker} runs: this one's Java, only the jars Kafka needs, and an
 * archive of loaded classes, which halves its start.
 */
final class BrokerJvm {

    private static final Pattern NEEDED =
            Pattern.compile(
                    "(kafka|scala|jackson|metrics-core|pcollections|HdrHistogram|hash4j|caffeine"
                        + "|log4j-api|log4j-to-slf4j|slf4j-api|logback|argparse4j|commons-|jopt-simple"
                        + "|jose4j|re2j|zstd-jni|lz4-java|snappy-java|snakeyaml).*\\.jar");

    private BrokerJvm() {}

    /**
     * @param folder keeps the archive; may be shared between data folders
     * @param fullSpeed whether to spend the first minute on compiling well, which pays off only
     *     later
     */
    static List<String> command(Path folder, boolean fullSpeed) throws IOException {
        var classPath = classPath(folder);
        var archive = "kafka-%08x.jsa".formatted(classPath.hashCode());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        if (!fullSpeed) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.add("-XX:+AutoCreateSharedArchive");
        command.add("-XX:SharedArchiveFile=" + folder.resolve(archive));
        // About classes that do not go into the archive, which nobody needs to know.
        command.add("-Xlog:disable");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Djava.awt.headless=true");
        command.add("-Dlogback.configurationFile=io/guanjia/embedded/kafka-logback.xml");
        command.add("-cp");
        command.add(classPath);
        command.add(KafkaBroker.class.getName());
        return command;
    }

    private static String classPath(Path folder) throws IOException {
        var entries = new ArrayList<String>();
        entries.add(ownClasses(folder).toString());
        Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .filter(entry -> NEEDED.matcher(String.valueOf(entry.getFileName())).matches())
                .map(Path::toString)
                .sorted()
                .forEach(entries::add);
        return String.join(File.pathSeparator, entries);
    }

    /** This package as a jar, for the archive does not take folders. */
    private static Path ownClasses(Path folder) throws IOException {
        var origin = origin();
        if (!Files.isDirectory(origin)) {
            return origin;
        }
        var jar = folder.resolve("broker.jar");
        var content = jar(origin);
        if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), content)) {
            var unfinished = Files.createTempFile(folder, "broker-", ".jar");
            Files.write(unfinished, content);
            Files.move(unfinished, jar, StandardCopyOption.ATOMIC_MOVE);
        }
        return jar;
    }

    private static Path origin() {
        try {
            var domain = KafkaBroker.class.getProtectionDomain();
            return Path.of(domain.getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same bytes for the same classes, so that the archive stays valid. */
    private static byte[] jar(Path classes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes);
                var files = Files.walk(classes.resolve("io/guanjia/embedded"))) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var entry = new JarEntry(classes.relativize(file).toString());
                entry.setTime(0);
                jar.putNextEntry(entry);
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
