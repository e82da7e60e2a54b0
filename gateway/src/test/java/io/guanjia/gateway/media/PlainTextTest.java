package io.guanjia.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

class PlainTextTest {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final String IN_CHINESE = "text/plain;charset=GB18030";
    private static final byte[] BILL = "账单：¥12.50\r\n请核对。".getBytes(GB18030);

    @ParameterizedTest
    @CsvSource({
        "a.txt, application/octet-stream, text/plain;charset=GB18030",
        "a.TXT, , text/plain;charset=GB18030",
        "a.csv, application/vnd.ms-excel, text/csv;charset=GB18030",
        "a.csv, text/plain, text/csv;charset=GB18030",
        "a.txt, text/csv, text/plain;charset=GB18030",
        ", text/plain, text/plain;charset=GB18030",
        "a.log, 'Text/Plain; charset=utf-8', text/plain;charset=GB18030",
        ", text/csv, text/csv;charset=GB18030",
        "a.exe, application/octet-stream, ",
        "a.html, text/html, ",
        ", , ",
    })
    void aTextIsWhatIsCalledSoAndIs(
            @Nullable String name, @Nullable String declared, @Nullable String expected) {
        assertThat(Magic.typeOf(BILL, declared, name).orElse(null)).isEqualTo(expected);
    }

    @Test
    void utf8IsTakenFirst() {
        assertThat(type("账单".getBytes(StandardCharsets.UTF_8))).isEqualTo("text/plain");
        assertThat(type("\uFEFF账单".getBytes(StandardCharsets.UTF_8))).isEqualTo("text/plain");
        assertThat(type("bill".getBytes(StandardCharsets.US_ASCII))).isEqualTo("text/plain");
    }

    @Test
    void charactersOfFourBytesAreChinese() {
        assertThat(type("𠮷先生".getBytes(GB18030))).isEqualTo(IN_CHINESE);
    }

    @Test
    void chineseMayComeLate() {
        var table = ("account,amount\r\n".repeat(100) + "合计").getBytes(GB18030);

        assertThat(type(table)).isEqualTo(IN_CHINESE);
    }

    @Test
    void aCharacterMayBeCutOffWhereTheHeadEnds() {
        for (var charset : Set.of(GB18030, StandardCharsets.UTF_8)) {
            for (var before = 0; before < 4; before++) {
                var text = ("x".repeat(before) + "账𠮷".repeat(4000)).getBytes(charset);
                assertThat(type(Arrays.copyOf(text, Magic.HEAD)))
                        .isEqualTo(charset.equals(GB18030) ? IN_CHINESE : "text/plain");
            }
        }
    }

    @Test
    void statementsHavePageBreaks() {
        assertThat(type("第一页\f第二页".getBytes(GB18030))).isEqualTo(IN_CHINESE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A character that stops in the middle, and one that begins with no beginning.
                "D5CBB5",
                "D5CBFFB5A5",
                "80D5CB",
                "D5CB20B57F",
                // Control characters.
                "D5CB00B5A5",
                "D5CB1BB5A5",
                // UTF-16.
                "FFFE268D5553",
                // A program.
                "7F454C4602010100",
            })
    void whatIsInNeitherCharsetIsNoText(String bytes) {
        assertThat(type(HexFormat.of().parseHex(bytes))).isNull();
    }

    @Test
    void whoKeepsTextsKeepsThemInBothCharsets() {
        assertThat(PlainText.inAllCharsets(Set.of("text/plain", "image/png")))
                .containsExactlyInAnyOrder("text/plain", IN_CHINESE, "image/png");
    }

    private static @Nullable String type(byte[] head) {
        return Magic.typeOf(head, "text/plain", "a.txt").orElse(null);
    }
}
