package io.guanjia.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.outbound.Reasons;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Why something was not sent is said in the reader's language, whoever says it. */
final class ReasonWordsTest {

    private static final Path ROOT = Path.of(System.getProperty("guanjia.root", ".."));

    /** A platform's own code, which is shown as it is with the platform's words for it. */
    private static final Pattern CODE =
            Pattern.compile("(errcode|error_code|fail_type|HTTP|\\d+) .*");

    @Test
    void everyReasonThatWeGiveOfOurOwnAccordHasWordsInBothLanguages() {
        var silent = new ArrayList<String>();
        for (var sources : modules()) {
            var said = SpokenReasons.of(sources);
            said.forEach(
                    (reason, file) -> {
                        if (!CODE.matcher(reason).matches() && !isSaidInBoth(reason)) {
                            silent.add(reason + " (" + Path.of(file).getFileName() + ")");
                        }
                    });
        }
        assertThat(silent).as("reasons without words in a module's reasons folder").isEmpty();
    }

    @Test
    void findsReasonsInEveryModuleThatHasAny() {
        var found = new TreeMap<String, Integer>();
        for (var sources : modules()) {
            found.put(module(sources), SpokenReasons.of(sources).size());
        }

        assertThat(found.get("gateway")).isGreaterThan(3);
        assertThat(found.get("wecom")).isGreaterThan(20);
        assertThat(found.get("sms-cmpp")).isGreaterThan(20);
        assertThat(found.get("miniprogram")).isGreaterThan(7);
    }

    @Test
    void everyFileOfWordsIsThereInBothLanguagesWithTheSamePlaces() throws IOException {
        var files = files();

        assertThat(files.keySet().stream().filter(name -> !name.endsWith("_en")))
                .isNotEmpty()
                .allSatisfy(
                        name -> {
                            var chinese = Objects.requireNonNull(files.get(name));
                            assertThat(files).as(name).containsKey(name + "_en");
                            var english = Objects.requireNonNull(files.get(name + "_en"));
                            assertThat(english.keySet()).as(name).isEqualTo(chinese.keySet());
                            chinese.forEach(
                                    (key, words) -> {
                                        assertThat(words).as(key).containsPattern("\\p{IsHan}");
                                        assertThat(String.valueOf(english.get(key)).contains("{0}"))
                                                .as(key)
                                                .isEqualTo(words.contains("{0}"));
                                    });
                        });
    }

    @Test
    void twoModulesNeverSayTheSameReasonInDifferentWords() throws IOException {
        var said = new HashMap<String, String>();
        files().forEach(
                        (name, words) ->
                                words.forEach(
                                        (key, sentence) -> {
                                            var place = name.endsWith("_en") + key;
                                            var other = said.putIfAbsent(place, sentence);
                                            assertThat(other == null || other.equals(sentence))
                                                    .as("%s in %s", key, name)
                                                    .isTrue();
                                        }));
    }

    private static boolean isSaidInBoth(String reason) {
        return !Reasons.words(reason, Locale.CHINA).equals(reason)
                && !Reasons.words(reason, Locale.ENGLISH).equals(reason);
    }

    /** The sources of the gateway and of everything in adapters/ that people's words come from. */
    private static List<Path> modules() {
        try (var adapters = Files.list(ROOT.resolve("adapters"))) {
            var sources = new ArrayList<Path>();
            sources.add(ROOT.resolve("gateway/src/main/java"));
            adapters.filter(
                            each ->
                                    !List.of("sandbox", "channel-contract")
                                            .contains(each.getFileName().toString()))
                    .map(each -> each.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .forEach(sources::add);
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String module(Path sources) {
        return ROOT.relativize(sources)
                .getName(sources.startsWith(ROOT.resolve("gateway")) ? 0 : 1)
                .toString();
    }

    private static Map<String, Map<String, String>> files() throws IOException {
        var files = new TreeMap<String, Map<String, String>>();
        for (var file :
                new PathMatchingResourcePatternResolver()
                        .getResources("classpath*:reasons/*.properties")) {
            var name = Objects.requireNonNull(file.getFilename()).replace(".properties", "");
            assertThat(files.put(name, words(file))).as("two files called %s", name).isNull();
        }
        return files;
    }

    private static Map<String, String> words(Resource file) throws IOException {
        var words = new Properties();
        try (var stream = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            words.load(stream);
        }
        var all = new TreeMap<String, String>();
        words.stringPropertyNames().forEach(key -> all.put(key, words.getProperty(key)));
        return all;
    }
}
