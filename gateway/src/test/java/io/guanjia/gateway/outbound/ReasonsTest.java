package io.guanjia.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Locale;

class ReasonsTest {

    @Test
    void sayInTheReadersLanguageWhatWeSayOfOurOwnAccord() {
        assertThat(Reasons.words(Reasons.WINDOW, Locale.CHINA)).startsWith("可发条数已用完");
        assertThat(Reasons.words("no answer: PrematureCloseException", Locale.CHINA))
                .isEqualTo("平台没有应答，可能已送达");
        assertThat(Reasons.words("HTTP 502", Locale.ENGLISH))
                .isEqualTo("The platform's gateway failed; it may have arrived");
    }

    @Test
    void leaveAPlatformsOwnWordsAlone() {
        assertThat(Reasons.words("errcode 45009 接口调用超过限制", Locale.CHINA))
                .isEqualTo("errcode 45009 接口调用超过限制");
    }
}
