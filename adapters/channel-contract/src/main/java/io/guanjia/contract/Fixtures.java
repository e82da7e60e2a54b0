package io.guanjia.contract;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Conformance data that others published. It is not part of the project and may be missing. */
public final class Fixtures {

    private static final Path ROOT = Path.of(System.getProperty("guanjia.fixtures", "none"));

    private Fixtures() {}

    public static boolean present() {
        return Files.isDirectory(ROOT);
    }

    /** So many where the data is on this machine, else none. */
    public static int least(int count) {
        return present() ? count : 0;
    }

    /** The files of a folder, or that one file; none where they are not on this machine. */
    public static List<Path> files(String path) throws IOException {
        var found = ROOT.resolve(path);
        if (Files.isDirectory(found)) {
            try (var files = Files.list(found)) {
                return files.sorted().toList();
            }
        }
        return Files.exists(found) ? List.of(found) : List.of();
    }

    /** Every file's path below their folder, without what says where they are from. */
    public static List<String> all() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.endsWith("LICENSE.upstream"))
                    .filter(file -> !file.equals("MANIFEST.md"))
                    .sorted()
                    .toList();
        }
    }

    /** The text of a file that is there. */
    public static String text(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    public static JsonNode json(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    /** The entries of a list; none where the file is not on this machine. */
    public static List<JsonNode> entries(String path) throws IOException {
        var found = files(path);
        return found.isEmpty() ? List.of() : json(found.getFirst()).valueStream().toList();
    }

    /** The file with its folder. */
    public static String name(Path file) {
        return file.getName(file.getNameCount() - 2) + "/" + file.getFileName();
    }
}
