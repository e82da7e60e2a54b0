package io.guanjia.cmpp.protocol;

import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

/**
 * 状态报告, the content of a {@link Pdu.Deliver} that is one (CMPP 3.0, 8.4.5.2).
 *
 * @param msgId of the message it is about, from its submit's answer
 * @param stat DELIVRD, EXPIRED, DELETED, UNDELIV, ACCEPTD, UNKNOWN, REJECTD, or an operator's own
 *     such as MA:0001
 * @param submitTime YYMMDDHHMM
 * @param doneTime YYMMDDHHMM
 * @param destination the phone's number
 */
public record Report(
        long msgId,
        String stat,
        String submitTime,
        String doneTime,
        String destination,
        int smscSequence) {

    private static final int SHORT = 60;
    private static final int LONG = 71;

    /**
     * Reads one by its length, because gateways have been seen to put 2.0's into 3.0; null when it
     * is neither.
     */
    public static @Nullable Report read(byte[] content) {
        if (content.length < SHORT) {
            return null;
        }
        var in = Unpooled.wrappedBuffer(content);
        return new Report(
                in.readLong(),
                Wire.text(in, 7).strip(),
                Wire.text(in, 10),
                Wire.text(in, 10),
                Wire.text(in, content.length >= LONG ? 32 : 21).strip(),
                in.readInt());
    }

    public byte[] content(Version version) {
        var width = version == Version.V3_0 ? 32 : 21;
        var bytes = new byte[39 + width];
        var out = Unpooled.wrappedBuffer(bytes).clear();
        out.writeLong(msgId);
        Wire.writeText(out, stat, 7);
        Wire.writeText(out, submitTime, 10);
        Wire.writeText(out, doneTime, 10);
        Wire.writeText(out, destination, width);
        out.writeInt(smscSequence);
        return bytes;
    }

    /** Leaves out the number: this ends up in logs. */
    @Override
    public String toString() {
        return "Report[" + MsgId.text(msgId) + ", " + stat + "]";
    }
}
