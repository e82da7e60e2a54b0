package io.guanjia.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.GuanjiaApplication;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code config/guanjia.yaml} is the one place where every setting can be found. */
final class SettingsFileTest {

    private static final Path FILE =
            Path.of(System.getProperty("guanjia.root", ".."), "config", "guanjia.yaml");

    @Test
    void showsEveryKeyThereIs() throws IOException, ClassNotFoundException {
        var missing = known();
        assertThat(missing).as("keys of the settings records").hasSizeGreaterThan(50);
        missing.removeAll(shown());

        assertThat(missing).as("keys that config/guanjia.yaml lacks").isEmpty();
    }

    @Test
    void showsNoKeyThatMeansNothing() throws IOException, ClassNotFoundException {
        var known = known();

        assertThat(shown())
                .filteredOn(key -> key.startsWith("guanjia."))
                .allMatch(
                        key ->
                                known.stream()
                                        .anyMatch(
                                                each ->
                                                        // A group of them, or what a map holds.
                                                        each.equals(key)
                                                                || each.startsWith(key + ".")
                                                                || key.startsWith(each + ".")));
    }

    @Test
    void changesNothingAsItIs() throws IOException {
        assertThat((Object) new Yaml().load(Files.readString(FILE))).isNull();
    }

    private static Set<String> known() throws ClassNotFoundException {
        var known = new TreeSet<String>();
        for (var settings : settings()) {
            keys(settings.getAnnotation(ConfigurationProperties.class).value(), settings, known);
        }
        return known;
    }

    private static Set<String> shown() throws IOException {
        var shown = new TreeSet<String>();
        collect("", new Yaml().load(uncommented()), shown);
        return shown;
    }

    /** With the settings that are commented out put into force. */
    private static String uncommented() throws IOException {
        var text = new StringBuilder();
        var begun = false;
        for (var line : Files.readAllLines(FILE)) {
            begun |= line.startsWith("# ---");
            if (begun && line.startsWith("#") && !line.matches("# \\S.*|#")) {
                text.append(line.substring(1)).append('\n');
            }
        }
        return text.toString();
    }

    private static List<Class<?>> settings() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        var found = new java.util.ArrayList<Class<?>>();
        for (var bean :
                scanner.findCandidateComponents(GuanjiaApplication.class.getPackageName())) {
            var name = String.valueOf(bean.getBeanClassName());
            // Those nested in tests are samples.
            if (!name.contains("$")) {
                found.add(Class.forName(name));
            }
        }
        return found;
    }

    private static void keys(String prefix, Class<?> settings, Collection<String> keys) {
        for (var component : settings.getRecordComponents()) {
            var key = prefix + "." + kebab(component.getName());
            var nested = nested(component);
            if (nested == null) {
                keys.add(key);
            } else {
                keys(key, nested, keys);
            }
        }
    }

    /** A record of our own inside, or the records of a list. */
    private static @org.jspecify.annotations.Nullable Class<?> nested(RecordComponent component) {
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType list && component.getType() == List.class) {
            type = list.getActualTypeArguments()[0];
        }
        return type instanceof Class<?> plain && plain.isRecord() ? plain : null;
    }

    private static void collect(String prefix, Object value, Collection<String> keys) {
        if (!prefix.isEmpty()) {
            keys.add(prefix);
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach(
                    (key, inner) ->
                            collect(prefix.isEmpty() ? "" + key : prefix + "." + key, inner, keys));
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> collect(prefix, inner, keys));
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
    }
}
