package io.guanjia.cmpp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;

import org.junit.jupiter.api.Test;

class CmppCodecTest {

    private final EmbeddedChannel line = new EmbeddedChannel(new CmppCodec(Version.V3_0));

    @Test
    void findsPdusHoweverTheNetworkCutsThem() {
        var all = Unpooled.buffer();
        Samples.oneOfEach().forEach(pdu -> PduFormat.write(pdu, Version.V3_0, all));
        while (all.isReadable()) {
            line.writeInbound(all.readBytes(Math.min(7, all.readableBytes())));
        }

        for (var pdu : Samples.oneOfEach()) {
            assertThat(line.<Object>readInbound()).usingRecursiveComparison().isEqualTo(pdu);
        }
        assertThat(line.<Object>readInbound()).isNull();
    }

    @Test
    void readsNothingAfterWhatItCannotRead() {
        var good = Unpooled.buffer();
        PduFormat.write(new Pdu.ActiveTest(1), Version.V3_0, good);

        assertThatThrownBy(
                        () ->
                                line.writeInbound(
                                        Unpooled.copiedBuffer("GET / HTTP/1.1\r\n\r\n", US_ASCII)))
                .isInstanceOf(DecoderException.class)
                .hasCauseInstanceOf(MalformedPdu.class);
        line.writeInbound(good);
        assertThat(line.<Object>readInbound()).isNull();
    }

    /** Nobody makes us collect four gigabytes. */
    @Test
    void refusesAnImpossibleLengthAtOnce() {
        for (int length : new int[] {0, 11, 4097, -1}) {
            var line = new EmbeddedChannel(new CmppCodec(Version.V2_0));

            assertThatThrownBy(
                            () ->
                                    line.writeInbound(
                                            Unpooled.buffer().writeInt(length).writeZero(8)))
                    .hasCauseInstanceOf(MalformedPdu.class);
        }
    }
}
