package io.guanjia.cmpp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

class TextsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:30:15Z");

    @ParameterizedTest
    @CsvSource({
        "a, 1, 8, 1, 0",
        "a, 140, 8, 1, 0",
        "a, 141, 8, 2, 0",
        "您, 70, 8, 1, 8",
        "您, 71, 8, 2, 8",
        "您, 134, 8, 2, 8",
        "您, 135, 8, 3, 8",
        "您, 70, 15, 1, 15",
        "您, 71, 15, 2, 15",
        // No GBK for it.
        "😀, 35, 15, 1, 8",
        "😀, 36, 15, 2, 8",
    })
    void dividesWordsAsNetworksBillThem(
            String character, int times, int format, int parts, int writtenAs) {
        var text = character.repeat(times);

        for (var wide : new boolean[] {false, true}) {
            var all = new Segments(format, wide).of(text, 0x1ff);
            assertThat(all)
                    .allMatch(part -> part.content().length <= 140)
                    .allMatch(part -> part.format() == writtenAs);
            if (!wide) {
                assertThat(all).hasSize(parts);
            }
            assertThat(read(all)).isEqualTo(text);
        }
    }

    @Test
    void neverCutsACharacterInTwo() {
        for (int before = 60; before < 70; before++) {
            for (int format : new int[] {MsgFmt.UCS2, MsgFmt.GBK}) {
                var text = "a".repeat(before) + "您😀".repeat(20);
                for (var part : new Segments(format, false).of(text, 1)) {
                    assertThat(read(List.of(part))).doesNotContain("\ufffd");
                }
            }
        }
    }

    @Test
    void tiesPartsTogetherByEightBitsOrSixteen() {
        var text = "您".repeat(100);

        assertThat(new Segments(MsgFmt.UCS2, false).of(text, 0x1fe).getLast().content())
                .startsWith(5, 0, 3, 0xfe, 2, 2);
        assertThat(new Segments(MsgFmt.UCS2, true).of(text, 0x1fe).getLast().content())
                .startsWith(6, 8, 4, 1, 0xfe, 2, 2);
    }

    @Test
    void refusesWhatTakesMoreThan255Parts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Segments(MsgFmt.UCS2, false).of("您".repeat(67 * 255 + 1), 1));
    }

    @ParameterizedTest
    @CsvSource({
        // A length beyond the content, an element beyond the header, a byte left over.
        "05000301",
        "0500040102030a",
        "030500030a",
    })
    void refusesAHeaderThatIsNone(String hex) {
        assertThat(header(hex)).isNull();
    }

    @Test
    void ignoresElementsItDoesNotKnow() {
        assertThat(header("0b0504158200000003070302aa"))
                .isEqualTo(new UserDataHeader(new UserDataHeader.Part(7, 3, 2), 12));
        assertThat(header("05000307030041"))
                .as("number 0 of 3")
                .isEqualTo(new UserDataHeader(null, 6));
    }

    @Test
    void tellsTheTimeOfAnIdWithoutAYear() {
        assertThat(MsgId.time(MsgId.of(NOW, 12345, 7), NOW.plusSeconds(60))).isEqualTo(NOW);
        var newYear = Instant.parse("2026-12-31T15:59:59Z");
        assertThat(MsgId.time(MsgId.of(newYear, 1, 1), newYear.plusSeconds(10))).isEqualTo(newYear);
        assertThat(MsgId.time(MsgId.of(NOW.minusSeconds(864_000), 1, 1), NOW)).isNull();
        assertThat(MsgId.time(0, NOW)).isNull();
        assertThat(MsgId.time(-1, NOW)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"V2_0, 60", "V3_0, 71"})
    void readsTheReportItWrites(Version version, int length) {
        var report = new Report(42, "MK:0001", "2603021630", "2603021631", "13900001111", 9);

        assertThat(report.content(version)).hasSize(length);
        assertThat(Report.read(report.content(version))).isEqualTo(report);
        assertThat(Report.read(new byte[59])).isNull();
    }

    private static @Nullable UserDataHeader header(String hex) {
        var bytes = HexFormat.of().parseHex(hex);
        return UserDataHeader.of(new UserData(0, 1, MsgFmt.UCS2, bytes));
    }

    private static String read(List<UserData> parts) {
        return parts.stream()
                .map(
                        part -> {
                            var header = Objects.requireNonNull(UserDataHeader.of(part));
                            var charset = Objects.requireNonNull(MsgFmt.charset(part.format()));
                            return new String(
                                    part.content(),
                                    header.length(),
                                    part.content().length - header.length(),
                                    charset);
                        })
                .collect(Collectors.joining());
    }
}
