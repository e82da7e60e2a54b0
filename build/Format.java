import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds every Java source of the project to one format, or puts it into that format.
 *
 * <p>Run by Maven as a single source file: {@code Format.java check|apply ROOT}. Ends with status 1
 * when {@code check} finds a file that is out of format, naming each. Remembers which texts are in
 * format, so that only what changed costs time.
 */
public final class Format {

    private static final Set<String> SKIPPED =
            Set.of("target", "node_modules", ".git", ".guanjia", "dist");

    public static void main(String[] args) throws Exception {
        var apply = args[0].equals("apply");
        var root = Path.of(args[1]);
        var formatter =
                new Formatter(
                        JavaFormatterOptions.builder()
                                .style(Style.AOSP)
                                .formatJavadoc(true)
                                .build());
        var memory = root.resolve("target/formatter/in-format.txt");
        var known =
                Files.exists(memory) ? Set.copyOf(Files.readAllLines(memory)) : Set.<String>of();
        var outcomes =
                sources(root).parallelStream()
                        .map(file -> outcome(formatter, known, file))
                        .toList();
        var inFormat = new TreeSet<String>();
        var unformatted = new ArrayList<Path>();
        for (var outcome : outcomes) {
            var file = root.relativize(outcome.file);
            if (outcome.fault != null) {
                System.err.println(file + " does not parse: " + outcome.fault);
                System.exit(1);
            }
            var right = outcome.formatted.equals(outcome.text);
            if (right || apply) {
                inFormat.add(digest(outcome.formatted));
            }
            if (!right) {
                unformatted.add(file);
                if (apply) {
                    Files.writeString(outcome.file, outcome.formatted);
                }
            }
        }
        Files.createDirectories(memory.getParent());
        Files.write(memory, inFormat);
        unformatted.forEach(
                file -> System.err.println((apply ? "formatted " : "out of format: ") + file));
        if (!apply && !unformatted.isEmpty()) {
            System.err.println("Run: mvn -Pformat");
            System.exit(1);
        }
    }

    /**
     * A source as it is and as it should be.
     *
     * @param fault why it does not parse; null where it does
     */
    private record Outcome(Path file, String text, String formatted, String fault) {}

    private static Outcome outcome(Formatter formatter, Set<String> known, Path file) {
        try {
            var text = Files.readString(file);
            return new Outcome(
                    file,
                    text,
                    known.contains(digest(text)) ? text : settled(formatter, text),
                    null);
        } catch (FormatterException e) {
            return new Outcome(file, "", "", e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Long strings are broken anew by a first pass and only indented by a second. */
    private static String settled(Formatter formatter, String text) throws FormatterException {
        var once = formatter.formatSourceAndFixImports(text);
        return once.equals(text) ? text : settled(formatter, once);
    }

    private static String digest(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs) {
                        var name = dir.getFileName();
                        return !dir.equals(root) && SKIPPED.contains(name.toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) {
                        if (file.toString().endsWith(".java")) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found.stream().sorted().toList();
    }
}
