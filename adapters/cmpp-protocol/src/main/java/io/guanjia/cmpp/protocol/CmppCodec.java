package io.guanjia.cmpp.protocol;

import io.guanjia.cmpp.protocol.MalformedPdu.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageCodec;

import java.util.List;

/**
 * Bytes to {@link Pdu}s and back, for one connection. Malformed input reaches {@code
 * exceptionCaught} as {@link MalformedPdu}, wrapped, and nothing is read after it.
 */
public final class CmppCodec extends ByteToMessageCodec<Pdu> {

    private Version version;
    private boolean broken;

    /** A server end learns the version later, from the login, which looks the same in both. */
    public CmppCodec(Version version) {
        super(Pdu.class);
        this.version = version;
    }

    /** To be called on the connection's event loop. */
    public void speak(Version other) {
        version = other;
    }

    @Override
    protected void encode(ChannelHandlerContext context, Pdu pdu, ByteBuf out) {
        PduFormat.write(pdu, version, out);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < PduFormat.HEADER) {
            return;
        }
        long length = in.getUnsignedInt(in.readerIndex());
        try {
            if (length < PduFormat.HEADER || length > PduFormat.LONGEST) {
                throw new MalformedPdu(Reason.TOTAL_LENGTH);
            }
            if (in.readableBytes() >= length) {
                out.add(PduFormat.read(in.readSlice((int) length), version));
            }
        } catch (MalformedPdu malformed) {
            broken = true;
            in.skipBytes(in.readableBytes());
            throw malformed;
        }
    }
}
