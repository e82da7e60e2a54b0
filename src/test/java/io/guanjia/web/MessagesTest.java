package io.guanjia.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

final class MessagesTest {

    @Test
    void everythingIsSaidInBothLanguages() throws IOException {
        var chinese = words("/messages.properties");
        var english = words("/messages_en.properties");

        assertThat(english.keySet()).isEqualTo(chinese.keySet());
        assertThat(chinese.values()).allMatch(text -> text.toString().matches(".*\\p{IsHan}.*"));
    }

    private static Properties words(String file) throws IOException {
        var words = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        Objects.requireNonNull(MessagesTest.class.getResourceAsStream(file)),
                        StandardCharsets.UTF_8)) {
            words.load(reader);
        }
        return words;
    }
}
