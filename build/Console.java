import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds the console, or checks it, with the machine's Node; does nothing when that has been done
 * for the very same sources.
 *
 * <p>Run by Maven as a single source file: {@code Console.java fetch|build|check WEB TARGET}, where
 * WEB is the folder of package.json and TARGET the module's build folder. Ends with status 1 and
 * one sentence when Node is missing or too old, or when npm fails.
 *
 * <p>{@code fetch} is started when Maven starts and runs beside it, because npm waits for the
 * network and the disk where Maven waits for a processor. It does not complain: what it cannot do,
 * {@code build} tries again and says why.
 */
public final class Console {

    /** The bundler needs it. */
    private static final int[] OLDEST_NODE = {20, 19};

    /** Made from the others. */
    private static final Set<String> NO_SOURCES = Set.of("node_modules", "dist");

    private final Path web;
    private final Path target;

    private Console(Path web, Path target) {
        this.web = web;
        this.target = target;
    }

    public static void main(String[] args) throws Exception {
        var console = new Console(Path.of(args[1]).toAbsolutePath(), Path.of(args[2]));
        try {
            switch (args[0]) {
                case "fetch" -> console.fetch();
                case "build" -> console.build();
                default -> console.check();
            }
        } catch (Failure e) {
            System.err.println();
            System.err.println(e.getMessage());
            System.err.println();
            System.exit(1);
        }
    }

    /** What the user has to know, in one sentence. */
    private static final class Failure extends Exception {
        Failure(String message) {
            super(message);
        }
    }

    private void fetch() throws Exception {
        var stopped =
                new Thread(
                        () ->
                                ProcessHandle.current()
                                        .descendants()
                                        .forEach(ProcessHandle::destroy));
        Runtime.getRuntime().addShutdownHook(stopped);
        ProcessHandle.current()
                .parent()
                .ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(1)));
        try {
            requireNode();
            install(ProcessBuilder.Redirect.DISCARD);
        } catch (Failure left) {
            // Left to "build".
        }
    }

    private void build() throws Exception {
        var output = target.resolve("classes/static").toAbsolutePath();
        var stamp = target.resolve("console/built");
        var sources = fingerprint(sources());
        if (Files.exists(output.resolve("index.html")) && is(stamp, sources)) {
            return;
        }
        requireNode();
        install(ProcessBuilder.Redirect.INHERIT);
        say("building");
        npm(Map.of("GUANJIA_WEB_OUT", output.toString()), "run", "--silent", "build");
        write(stamp, sources);
    }

    private void check() throws Exception {
        var stamp = target.resolve("console/checked");
        var sources = fingerprint(sources());
        if (is(stamp, sources)) {
            say("unchanged since its checks passed");
            return;
        }
        requireNode();
        install(ProcessBuilder.Redirect.INHERIT);
        say("checking types, style and tests");
        npm(Map.of("CI", "true"), "run", "--silent", "check");
        write(stamp, sources);
    }

    /** One at a time: whoever comes second waits, and finds it done. */
    private void install(ProcessBuilder.Redirect output) throws Exception {
        try (var turns =
                        FileChannel.open(
                                turnFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var turn = turnOf(turns)) {
            var stamp = web.resolve("node_modules/.installed");
            var packages =
                    fingerprint(
                            List.of(web.resolve("package.json"), web.resolve("package-lock.json")));
            if (is(stamp, packages)) {
                return;
            }
            say("installing its packages");
            npm(output, Map.of(), "ci", "--no-audit", "--no-fund", "--loglevel=error");
            write(stamp, packages);
        }
    }

    /** Where no build cleans up. */
    private Path turnFile() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "guanjia-console-%08x.lock".formatted(web.toString().hashCode()));
    }

    private static FileLock turnOf(FileChannel turns) throws IOException {
        var free = turns.tryLock();
        if (free != null) {
            return free;
        }
        say("waiting for its packages");
        return turns.lock();
    }

    private static void requireNode() throws InterruptedException, Failure {
        var wanted = "%d.%d".formatted(OLDEST_NODE[0], OLDEST_NODE[1]);
        String version;
        try {
            var node = new ProcessBuilder("node", "--version").start();
            version = new String(node.getInputStream().readAllBytes()).strip();
            node.waitFor();
        } catch (IOException e) {
            throw new Failure(
                    ("Node.js is not on the path, and the console is built with it: install Node.js"
                                    + " %s or newer from https://nodejs.org and run Maven again.")
                            .formatted(wanted));
        }
        if (!isNewEnough(version)) {
            throw new Failure(
                    "Node.js is %s, and the console needs %s or newer: install it from https://nodejs.org and run Maven again."
                            .formatted(version, wanted));
        }
    }

    /** Takes {@code v20.19.1}. */
    private static boolean isNewEnough(String version) {
        var numbers = version.replaceFirst("^v", "").split("\\.");
        try {
            var major = Integer.parseInt(numbers[0]);
            var minor = Integer.parseInt(numbers[1]);
            return major > OLDEST_NODE[0] || major == OLDEST_NODE[0] && minor >= OLDEST_NODE[1];
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void npm(Map<String, String> environment, String... arguments)
            throws InterruptedException, Failure {
        npm(ProcessBuilder.Redirect.INHERIT, environment, arguments);
    }

    private void npm(
            ProcessBuilder.Redirect output, Map<String, String> environment, String... arguments)
            throws InterruptedException, Failure {
        var command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command)
                        .directory(web.toFile())
                        .redirectOutput(output)
                        .redirectError(output);
        builder.environment().putAll(environment);
        int status;
        try {
            status = builder.start().waitFor();
        } catch (IOException e) {
            throw new Failure(
                    "npm is not on the path, and the console is built with it: install it (it comes"
                            + " with Node.js from https://nodejs.org) and run Maven again.");
        }
        if (status != 0) {
            throw new Failure(
                    "The console failed, see above: %s in %s"
                            .formatted(String.join(" ", command), web));
        }
    }

    private List<Path> sources() throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(
                web,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs) {
                        return NO_SOURCES.contains(dir.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) {
                        found.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found.stream().sorted().toList();
    }

    private String fingerprint(List<Path> files) throws IOException, NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        for (var file : files) {
            var content = Files.readAllBytes(file);
            digest.update("%s %d\n".formatted(web.relativize(file), content.length).getBytes());
            digest.update(content);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean is(Path stamp, String value) throws IOException {
        return Files.exists(stamp) && Files.readString(stamp).equals(value);
    }

    private static void write(Path stamp, String value) throws IOException {
        Files.createDirectories(stamp.getParent());
        Files.writeString(stamp, value);
    }

    private static void say(String what) {
        System.out.println("Console: " + what);
    }
}
