package io.guanjia.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.ResourceBundle;

class WordsTest {

    @Test
    void speaksChineseFirstAndThenEnglish() {
        assertThat(said(UTF_8)).isEqualTo("  正在停止…… · stopping …");
    }

    @Test
    void speaksEnglishWhereTheTerminalCannotShowChinese() {
        assertThat(said(US_ASCII)).startsWith("  stopping").doesNotContain("·");
    }

    @Test
    void everySentenceIsThereInBothLanguages() {
        assertThat(ResourceBundle.getBundle("launcher", Locale.ENGLISH).keySet())
                .isEqualTo(ResourceBundle.getBundle("launcher", Locale.ROOT).keySet());
    }

    private static String said(Charset charset) {
        var bytes = new ByteArrayOutputStream();
        new Words(new PrintStream(bytes, true, charset)).line("stopping");
        return bytes.toString(charset).stripTrailing();
    }
}
