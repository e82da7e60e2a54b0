package io.guanjia.gateway.bot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtteranceTest {

    @Test
    void readsFullWidthTraditionalAndCapitalLettersAlike() {
        assertThat(Utterance.of("　ＡＰＰ轉帳額度？ ").text()).isEqualTo(Utterance.of("app转帐额度?").text());
    }

    @Test
    void losesSpacesAndPunctuationWhereTheyMeanNothing() {
        assertThat(Utterance.of("转 人.工!!").compact()).isEqualTo("转人工");
        assertThat(Utterance.of("talk  to a HUMAN, 谢谢").compact()).isEqualTo("talk to a human谢谢");
    }

    @Test
    void losesEmojiAndWeChatFaces() {
        assertThat(Utterance.of("还款[流泪]怎么还😭").compact()).isEqualTo("还款怎么还");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我的卡6222021234567890123被锁",
                "我的卡6222 0212 3456 7890 123被锁",
                "我的卡６２２２０２１２３４５６７８９０被锁",
                "我的卡6222-0212-3456-7890被锁"
            })
    void hidesCardNumbers(String text) {
        assertThat(Utterance.of(text).text()).isEqualTo("我的卡卡号被锁");
    }

    @ParameterizedTest
    @ValueSource(strings = {"手机13812345678换了", "手机138 1234 5678换了", "手机+86 138-1234-5678换了"})
    void hidesMobileNumbers(String text) {
        assertThat(Utterance.of(text).text()).isEqualTo("手机手机号换了");
    }

    @Test
    void hidesIdNumbers() {
        assertThat(Utterance.of("我是11010519491231002X").text()).isEqualTo("我是身份证号");
        assertThat(Utterance.of("440524188001010014过期了").text()).isEqualTo("身份证号过期了");
    }

    @Test
    void keepsAmountsAndPublicNumbers() {
        assertThat(Utterance.of("取100000元要打12378吗").text()).isEqualTo("取100000元要打12378吗");
    }

    @Test
    void takesAnyText() {
        assertThat(Utterance.of("").compact()).isEmpty();
        assertThat(Utterance.of("\uD83D \u0000\u200B？！").compact()).isEmpty();
        assertThat(Utterance.of("长".repeat(100_000)).text()).hasSize(1_000);
    }
}
