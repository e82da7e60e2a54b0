package io.guanjia.trials.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How to start a class as a JVM of its own. */
public record JavaCommand(
        String main, String classPath, List<String> flags, List<String> arguments) {

    public JavaCommand {
        flags = List.copyOf(flags);
        arguments = List.copyOf(arguments);
    }

    /** One of ours, on this JVM's class path. */
    public static JavaCommand of(Class<?> main) {
        return of(main.getName(), ownClassPath());
    }

    public static JavaCommand of(String main, String classPath) {
        return new JavaCommand(main, classPath, List.of(), List.of());
    }

    /** With these flags for the JVM, after the ones it has. */
    public JavaCommand flags(String... more) {
        return new JavaCommand(main, classPath, joined(flags, List.of(more)), arguments);
    }

    /** With these arguments, after the ones it has. */
    public JavaCommand arguments(List<String> more) {
        return new JavaCommand(main, classPath, flags, joined(arguments, more));
    }

    public JavaCommand arguments(String... more) {
        return arguments(List.of(more));
    }

    /** The words to start it with. */
    public List<String> words() {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("--enable-native-access=ALL-UNNAMED");
        words.add("--sun-misc-unsafe-memory-access=allow");
        words.addAll(flags);
        words.add("-cp");
        words.add(classPath);
        words.add(main);
        words.addAll(arguments);
        return words;
    }

    private static List<String> joined(List<String> first, List<String> second) {
        var both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    private static String ownClassPath() {
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
