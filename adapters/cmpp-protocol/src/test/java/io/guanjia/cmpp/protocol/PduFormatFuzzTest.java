package io.guanjia.cmpp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;

/** Runs its corpus with every build and goes on searching with {@code -Dfuzz}; see the README. */
class PduFormatFuzzTest {

    /**
     * Any bytes are read or refused; what is read can be written, and reads the same again. The
     * first byte chooses the version.
     */
    @FuzzTest(maxDuration = "2m")
    void readsOrRefuses(byte[] input) {
        if (input.length == 0) {
            return;
        }
        var version = input[0] % 2 == 0 ? Version.V2_0 : Version.V3_0;
        var line = new EmbeddedChannel(new CmppCodec(version));
        try {
            line.writeInbound(Unpooled.wrappedBuffer(input, 1, input.length - 1));
        } catch (DecoderException refused) {
            assertThat(refused).hasCauseInstanceOf(MalformedPdu.class);
        }
        for (var read = line.<Pdu>readInbound(); read != null; read = line.readInbound()) {
            var again = PduFormat.read(written(read, version), version);
            assertThat(again).usingRecursiveComparison().isEqualTo(read);
            if (read instanceof Pdu.Deliver deliver) {
                UserDataHeader.of(deliver.data());
                Report.read(deliver.data().content());
            }
        }
        line.finishAndReleaseAll();
    }

    private static ByteBuf written(Pdu pdu, Version version) {
        var out = Unpooled.buffer();
        PduFormat.write(pdu, version, out);
        return out;
    }
}
