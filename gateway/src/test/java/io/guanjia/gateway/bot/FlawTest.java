package io.guanjia.gateway.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guanjia.gateway.bot.KnowledgeStatus.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class FlawTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @ParameterizedTest
    @EnumSource
    void isSaidInBothLanguagesWithAllItsFacts(Flaw flaw) throws IOException {
        var chinese = words("flaws.properties").getProperty(flaw.code());
        var english = words("flaws_en.properties").getProperty(flaw.code());

        assertThat(chinese).containsPattern("\\p{IsHan}").doesNotMatch(".*[。？！]");
        assertThat(english).containsPattern("[a-z] [a-z]").doesNotMatch(".*[.?!]");
        var facts = IntStream.range(0, flaw.facts).mapToObj("{%d}"::formatted).toList();
        assertThat(places(chinese)).containsExactlyElementsOf(facts);
        assertThat(places(english)).containsExactlyElementsOf(facts);
    }

    @Test
    void areAllThatThereAreWordsFor() throws IOException {
        var codes = Stream.of(Flaw.values()).map(Flaw::code).toList();

        assertThat(words("flaws.properties").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(codes);
        assertThat(words("flaws_en.properties").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void isSaidInTheReadersLanguageAndInEnglishInTheLog() {
        var taken = Problem.of("copy.md", 2, Flaw.ID_TAKEN, "bill-$1", "bill.md", 7);

        assertThat(taken.words(Locale.CHINESE)).isEqualTo("编号 bill-$1 已用于 bill.md 第 7 行");
        assertThat(taken.words(Locale.FRENCH)).startsWith("编号");
        assertThat(taken.words(Locale.US)).isEqualTo("the id bill-$1 is taken by bill.md:7");
        assertThat(taken).hasToString("copy.md:2: the id bill-$1 is taken by bill.md:7");
    }

    @Test
    void leavesTheBracesOfAnExampleAlone() {
        assertThat(Problem.of("a.md", 4, Flaw.ID_MISSING).words(Locale.CHINESE))
                .endsWith("如 {#card-activate}");
    }

    @Test
    void doesNotGoWithoutItsFacts() {
        assertThatThrownBy(() -> Problem.of("a.md", 1, Flaw.ANSWER_TOO_LONG, 601))
                .hasMessageContaining("ANSWER_TOO_LONG");
    }

    private static TreeSet<String> places(String sentence) {
        return new TreeSet<>(PLACE.matcher(sentence).results().map(MatchResult::group).toList());
    }

    private static Properties words(String file) throws IOException {
        var words = new Properties();
        try (var stream = Objects.requireNonNull(Flaw.class.getResourceAsStream("/bot/" + file))) {
            words.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return words;
    }
}
