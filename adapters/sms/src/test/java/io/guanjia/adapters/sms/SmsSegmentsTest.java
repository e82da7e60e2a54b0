package io.guanjia.adapters.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.adapters.sms.SmsSegments.Encoding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsSegmentsTest {

    @ParameterizedTest
    @CsvSource({
        "160, 1", "161, 2", "306, 2", "307, 3",
    })
    void latinTextTakes160CharactersOr153InEachOfSeveral(int length, int parts) {
        assertThat(SmsSegments.of("a".repeat(length)))
                .isEqualTo(new SmsSegments(Encoding.GSM_7, length, parts));
    }

    @ParameterizedTest
    @CsvSource({
        "70, 1", "71, 2", "134, 2", "135, 3",
    })
    void anythingElseTakes70Or67(int length, int parts) {
        assertThat(SmsSegments.of("账".repeat(length)))
                .isEqualTo(new SmsSegments(Encoding.UCS_2, length, parts));
    }

    @Test
    void oneCharacterOutsideTheAlphabetChangesTheWholeMessage() {
        assertThat(SmsSegments.of("a".repeat(100)).parts()).isEqualTo(1);
        assertThat(SmsSegments.of("a".repeat(99) + "，"))
                .isEqualTo(new SmsSegments(Encoding.UCS_2, 100, 2));
    }

    @Test
    void anEscapedCharacterCountsTwiceAndIsNotTornApart() {
        assertThat(SmsSegments.of("€[]{}~^\\|").units()).isEqualTo(18);
        assertThat(SmsSegments.of("a".repeat(158) + "€").parts()).isEqualTo(1);
        assertThat(SmsSegments.of("a".repeat(159) + "€").parts()).isEqualTo(2);

        var text = "a".repeat(152) + "€" + "b".repeat(153);
        assertThat(SmsSegments.divide(text, Encoding.GSM_7))
                .containsExactly("a".repeat(152), "€" + "b".repeat(151), "bb");
    }

    @Test
    void aPairOfSurrogatesIsNotTornApart() {
        var text = "账".repeat(66) + "😀" + "单".repeat(67);

        assertThat(SmsSegments.divide(text, Encoding.UCS_2))
                .containsExactly("账".repeat(66), "😀" + "单".repeat(65), "单单");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1", "70, 1", "71, 2", "134, 2", "135, 3", "500, 8",
    })
    void mainlandChinaBillsPlainAsciiLikeAnythingElse(int length, int parts) {
        assertThat(SmsSegments.billed("a".repeat(length)).parts()).isEqualTo(parts);
        assertThat(SmsSegments.billed("账".repeat(length)).parts()).isEqualTo(parts);
    }

    @Test
    void theSignatureCountsForLengthAndBill() {
        var limit = SmsSegments.limit(500, "小管家银行");
        var parts = limit.parts();

        assertThat(limit.most()).isEqualTo(493);
        assertThat(parts).isNotNull();
        assertThat(parts.of(63)).isEqualTo(1);
        assertThat(parts.of(64)).isEqualTo(2);
        assertThat(parts.of(127)).isEqualTo(2);
        assertThat(parts.of(128)).isEqualTo(3);
        assertThat(SmsSegments.limit(500, "").most()).isEqualTo(500);
    }
}
