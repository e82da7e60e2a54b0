package io.guanjia.cmpp.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.guanjia.cmpp.protocol.MalformedPdu.Reason;
import io.netty.buffer.ByteBuf;

/** Octet Strings: left-aligned, filled up with zeros (CMPP 3.0, 8.1 数据类型). */
final class Wire {

    private Wire() {}

    static String text(ByteBuf in, int width) {
        var bytes = bytes(in, width);
        int length = 0;
        while (length < width && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, ISO_8859_1);
    }

    static byte[] bytes(ByteBuf in, int length) {
        require(in, length);
        var bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    static int octet(ByteBuf in) {
        require(in, 1);
        return in.readUnsignedByte();
    }

    static int number(ByteBuf in) {
        require(in, 4);
        return in.readInt();
    }

    static long longNumber(ByteBuf in) {
        require(in, 8);
        return in.readLong();
    }

    static void require(ByteBuf in, int bytes) {
        if (in.readableBytes() < bytes) {
            throw new MalformedPdu(Reason.BODY_LENGTH);
        }
    }

    static void writeText(ByteBuf out, String text, int width) {
        var bytes = text.getBytes(ISO_8859_1);
        if (bytes.length > width) {
            throw new IllegalArgumentException("longer than " + width + " characters");
        }
        out.writeBytes(bytes);
        out.writeZero(width - bytes.length);
    }

    static void writeBytes(ByteBuf out, byte[] bytes, int width) {
        if (bytes.length != width) {
            throw new IllegalArgumentException("not " + width + " bytes");
        }
        out.writeBytes(bytes);
    }
}
