package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;

class OptOutWordsTest {

    private final OptOutWords words = OptOutWords.usual();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "R", "r", " T ", "TD", "td\n", "ＴＤ", "Ｒ", "N", "0000", "００００", "退订", "退订。", "“拒收”",
                "stop", "　退订　"
            })
    void knowARefusalHoweverItIsWritten(String text) {
        assertThat(words.match(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "。", "RR", "怎么退订", "拒收一件快递", "TD 是什么", "1", "不要退订", "000"})
    void takeNothingElseForOne(String text) {
        assertThat(words.match(text)).isFalse();
    }

    @Test
    void canBeMore() {
        assertThat(words.and(Set.of("别发了", "ｑ")).match("别发了！")).isTrue();
        assertThat(words.and(Set.of("别发了", "ｑ")).match("Q")).isTrue();
        assertThat(words.match("别发了")).isFalse();
    }
}
