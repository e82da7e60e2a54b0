package io.guanjia.gateway.downgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.gateway.channel.TextLimit;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

class SentencesTest {

    @Test
    void leavesAloneWhatFits() {
        assertThat(Sentences.divide("您好。", TextLimit.characters(10))).containsExactly("您好。");
    }

    @Test
    void dividesAfterASentence() {
        assertThat(Sentences.divide("账单已出。请在二十号前还款。谢谢！", TextLimit.characters(12)))
                .containsExactly("账单已出。", "请在二十号前还款。谢谢！");
    }

    @Test
    void keepsAClosingQuoteWithItsSentence() {
        assertThat(Sentences.divide("请回复“人工。”我们马上来接您的电话", TextLimit.characters(10)))
                .startsWith("请回复“人工。”");
    }

    @Test
    void prefersAParagraphToASentence() {
        assertThat(Sentences.divide("第一步打开。\n第二步登录。第三步", TextLimit.characters(12)))
                .containsExactly("第一步打开。", "第二步登录。第三步");
    }

    @Test
    void tearsNeitherNumbersNorAddresses() {
        var text = "手续费为1,234.56元，详见 https://bank.example/fees?a=1,2 谢谢";

        for (var part : Sentences.divide(text, TextLimit.characters(32))) {
            assertThat(part).doesNotEndWith("1,").doesNotEndWith("1,234.");
        }
        assertThat(String.join("", Sentences.divide(text, TextLimit.characters(32))))
                .contains("https://bank.example/fees?a=1,2");
    }

    @Test
    void dividesWordsWithoutAPauseAnywhere() {
        assertThat(Sentences.divide("一".repeat(25), TextLimit.characters(10)))
                .containsExactly("一".repeat(10), "一".repeat(10), "一".repeat(5));
    }

    @Test
    void countsBytesWhereThePlatformDoes() {
        assertThat(Sentences.divide("一二三四。五六七八。", TextLimit.bytes(16)))
                .containsExactly("一二三四。", "五六七八。");
    }

    @Test
    void tearsNoCharacterApart() {
        var family = "👨‍👩‍👧‍👦";

        assertThat(Sentences.divide(family.repeat(3), TextLimit.characters(12)))
                .containsExactly(family, family, family);
    }

    @Test
    void losesNothingWhateverIsSaid() {
        var random = new Random(7);
        var alphabet = "一二三。，！\n ab.1;“”…";
        for (var round = 0; round < 300; round++) {
            var text = new StringBuilder();
            for (var i = 0; i < random.nextInt(1, 200); i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            var limit = TextLimit.bytes(random.nextInt(4, 60));

            var parts = Sentences.divide(text.toString(), limit);

            assertThat(parts).allMatch(limit::fits).noneMatch(String::isBlank);
            assertThat(bare(parts)).isEqualTo(bare(List.of(text.toString())));
        }
    }

    private static String bare(List<String> parts) {
        return String.join("", parts).replaceAll("\\s", "");
    }
}
