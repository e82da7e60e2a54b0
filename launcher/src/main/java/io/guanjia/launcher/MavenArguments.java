package io.guanjia.launcher;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings given to Maven with {@code -D}. Maven keeps them to itself, but whoever writes
 * {@code mvn -Dserver.port=8081} expects them to count.
 */
final class MavenArguments {

    private static final List<String> PREFIXES =
            List.of("guanjia.", "spring.", "server.", "logging.", "management.");

    private MavenArguments() {}

    /** From the command line of the parent process; empty where that cannot be read. */
    static Map<String, String> settings() {
        return ProcessHandle.current()
                .parent()
                .flatMap(parent -> parent.info().arguments())
                .map(arguments -> settings(List.of(arguments)))
                .orElse(Map.of());
    }

    static Map<String, String> settings(List<String> arguments) {
        var settings = new TreeMap<String, String>();
        for (var i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.equals("-D") || argument.equals("--define")) {
                if (i + 1 < arguments.size()) {
                    add(arguments.get(++i), settings);
                }
            } else if (argument.startsWith("-D")) {
                add(argument.substring(2), settings);
            }
        }
        return settings;
    }

    private static void add(String definition, Map<String, String> settings) {
        var equals = definition.indexOf('=');
        var key = equals < 0 ? definition : definition.substring(0, equals);
        if (PREFIXES.stream().anyMatch(key::startsWith)) {
            settings.put(key, equals < 0 ? "true" : definition.substring(equals + 1));
        }
    }
}
