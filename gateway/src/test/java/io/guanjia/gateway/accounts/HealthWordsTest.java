package io.guanjia.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

class HealthWordsTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @Test
    void everythingIsSaidInBothLanguagesWithTheSamePlaces() throws IOException {
        var chinese = words("health.properties");
        var english = words("health_en.properties");

        assertThat(english.keySet()).isEqualTo(chinese.keySet());
        for (var key : chinese.stringPropertyNames()) {
            assertThat(places(english.getProperty(key)))
                    .as(key)
                    .isEqualTo(places(chinese.getProperty(key)));
            assertThat(chinese.getProperty(key)).containsPattern("\\p{IsHan}");
            // It would be taken for a quotation and swallow places.
            assertThat(english.getProperty(key)).as(key).doesNotContain("'");
        }
    }

    private static TreeSet<String> places(String sentence) {
        return new TreeSet<>(PLACE.matcher(sentence).results().map(MatchResult::group).toList());
    }

    private static Properties words(String file) throws IOException {
        var words = new Properties();
        try (var stream = Objects.requireNonNull(AccountsInForce.class.getResourceAsStream(file))) {
            words.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return words;
    }
}
