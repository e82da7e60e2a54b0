package io.guanjia.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

class PageWordsTest {

    private static final Pattern WORDS_USED = Pattern.compile("\\bt\\('([\\w.]+)'");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        assertThat(keys("en")).isEqualTo(keys("zh"));
        for (var key : keys("zh")) {
            assertThat(placeholders("en", key)).as(key).isEqualTo(placeholders("zh", key));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account.js",
                "app.js",
                "attachments.js",
                "bubbles.js",
                "customers.js",
                "dialogs.js",
                "faults.js",
                "i18n.js",
                "menu.js",
                "panel.js",
                "phone.js",
                "phones.js",
                "screen.js",
                "traffic.js"
            })
    void everyWordThatIsAskedForExists(String module) throws IOException {
        assertThat(keys("zh"))
                .containsAll(
                        WORDS_USED
                                .matcher(read(module))
                                .results()
                                .map(match -> match.group(1))
                                .toList());
    }

    private static Set<String> keys(String language) throws IOException {
        return new TreeSet<>(Json.MAPPER.readTree(read(file(language))).propertyNames());
    }

    private static Set<String> placeholders(String language, String key) throws IOException {
        var words = Json.text(Json.MAPPER.readTree(read(file(language))), key);
        var found = new TreeSet<String>();
        PLACEHOLDER.matcher(words).results().forEach(match -> found.add(match.group()));
        return found;
    }

    private static String file(String language) {
        return "i18n/" + language + ".json";
    }

    private static String read(String name) throws IOException {
        try (var stream = Page.class.getResourceAsStream("page/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
        }
    }
}
