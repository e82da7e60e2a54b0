package io.guanjia.cmpp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

class PduFormatTest {

    @ParameterizedTest
    @EnumSource(Version.class)
    void readsWhatItWrites(Version version) {
        for (var pdu : Samples.oneOfEach()) {
            assertThat(PduFormat.read(written(pdu, version), version))
                    .usingRecursiveComparison()
                    .isEqualTo(pdu);
        }
    }

    @Test
    void isAsLongAsTheSpecificationSays() {
        var ascii = UserData.plain(MsgFmt.ASCII, "hello".getBytes(US_ASCII));

        assertThat(length(Samples.oneOfEach().getFirst(), Version.V2_0)).isEqualTo(39);
        assertThat(length(Samples.oneOfEach().get(1), Version.V2_0)).isEqualTo(30);
        assertThat(length(Samples.oneOfEach().get(1), Version.V3_0)).isEqualTo(33);
        assertThat(length(Samples.submit(ascii), Version.V2_0)).isEqualTo(12 + 126 + 21 + 5);
        assertThat(length(Samples.submit(ascii), Version.V3_0)).isEqualTo(12 + 151 + 32 + 5);
        assertThat(length(Samples.deliver(ascii), Version.V2_0)).isEqualTo(12 + 73 + 5);
        assertThat(length(Samples.deliver(ascii), Version.V3_0)).isEqualTo(12 + 97 + 5);
    }

    /** A gateway that refuses 3.0 answers as 2.0 does. */
    @Test
    void readsAnAnswerOfTheOtherVersion() {
        var refusal = new Pdu.ConnectAnswer(1, 4, new byte[16], 0x20);

        assertThat(PduFormat.read(written(refusal, Version.V2_0), Version.V3_0))
                .usingRecursiveComparison()
                .isEqualTo(refusal);
        assertThat(
                        PduFormat.read(
                                written(new Pdu.SubmitAnswer(1, 5, 8), Version.V2_0), Version.V3_0))
                .isEqualTo(new Pdu.SubmitAnswer(1, 5, 8));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void refusesWhatIsTooShortOrTooLong(Version version) {
        for (var pdu : Samples.oneOfEach()) {
            if (pdu instanceof Pdu.Other) {
                continue;
            }
            var whole = written(pdu, version);
            var longer = Unpooled.buffer().writeBytes(whole.duplicate()).writeZero(5);
            longer.setInt(0, longer.readableBytes());
            refuses(longer, version);
            if (pdu instanceof Pdu.ActiveTestAnswer) {
                continue;
            }
            for (int length = 12; length < whole.readableBytes(); length++) {
                if (pdu.isAnswer() && length == whole.readableBytes() - 3) {
                    // One of 2.0's, by its length.
                    continue;
                }
                var shorter = whole.copy(0, length);
                shorter.setInt(0, length);
                refuses(shorter, version);
            }
        }
    }

    @Test
    void refusesToWriteWhatDoesNotFit() {
        var tooLong = new Pdu.Connect(1, "1234567", new byte[16], 0x20, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> written(tooLong, Version.V2_0))
                .withMessageNotContaining("1234567");
    }

    @Test
    void showsNeitherNumbersNorWords() {
        var words = UserData.plain(MsgFmt.ASCII, "balance".getBytes(US_ASCII));

        assertThat(
                        List.of(
                                        Samples.submit(words),
                                        Samples.deliver(words),
                                        new Report(1, "DELIVRD", "", "", "13900001111", 1))
                                .toString())
                .doesNotContain("13900001111", "balance");
    }

    private static void refuses(ByteBuf frame, Version version) {
        assertThatThrownBy(() -> PduFormat.read(frame.duplicate(), version))
                .as(() -> ByteBufUtil.hexDump(frame))
                .isInstanceOf(MalformedPdu.class);
    }

    private static int length(Pdu pdu, Version version) {
        return written(pdu, version).readableBytes();
    }

    private static ByteBuf written(Pdu pdu, Version version) {
        var out = Unpooled.buffer();
        PduFormat.write(pdu, version, out);
        return out;
    }
}
