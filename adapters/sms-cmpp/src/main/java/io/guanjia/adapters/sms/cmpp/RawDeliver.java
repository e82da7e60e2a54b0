package io.guanjia.adapters.sms.cmpp;

import io.guanjia.cmpp.protocol.Pdu.Deliver;
import io.guanjia.cmpp.protocol.PduFormat;
import io.guanjia.cmpp.protocol.Version;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** A DELIVER as it is stored: in hexadecimal, behind the version that it is in. */
final class RawDeliver {

    private static final String V2_0 = "CMPP 2.0 ";
    private static final String V3_0 = "CMPP 3.0 ";

    private RawDeliver() {}

    static String text(Deliver deliver, Version version) {
        var out = Unpooled.buffer(256);
        PduFormat.write(deliver, version, out);
        return (version == Version.V3_0 ? V3_0 : V2_0) + ByteBufUtil.hexDump(out);
    }

    static Deliver read(String text) {
        var pdu = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(text, V3_0.length(), hex(text)));
        return (Deliver) PduFormat.read(pdu, text.startsWith(V3_0) ? Version.V3_0 : Version.V2_0);
    }

    private static int hex(String text) {
        return text.length() - V3_0.length();
    }
}
