package io.guanjia.cmpp.protocol;

import static io.guanjia.cmpp.protocol.Wire.bytes;
import static io.guanjia.cmpp.protocol.Wire.longNumber;
import static io.guanjia.cmpp.protocol.Wire.number;
import static io.guanjia.cmpp.protocol.Wire.octet;
import static io.guanjia.cmpp.protocol.Wire.text;
import static io.guanjia.cmpp.protocol.Wire.writeBytes;
import static io.guanjia.cmpp.protocol.Wire.writeText;

import io.guanjia.cmpp.protocol.MalformedPdu.Reason;
import io.guanjia.cmpp.protocol.Pdu.ActiveTest;
import io.guanjia.cmpp.protocol.Pdu.ActiveTestAnswer;
import io.guanjia.cmpp.protocol.Pdu.Connect;
import io.guanjia.cmpp.protocol.Pdu.ConnectAnswer;
import io.guanjia.cmpp.protocol.Pdu.Deliver;
import io.guanjia.cmpp.protocol.Pdu.DeliverAnswer;
import io.guanjia.cmpp.protocol.Pdu.Other;
import io.guanjia.cmpp.protocol.Pdu.Submit;
import io.guanjia.cmpp.protocol.Pdu.SubmitAnswer;
import io.guanjia.cmpp.protocol.Pdu.Terminate;
import io.guanjia.cmpp.protocol.Pdu.TerminateAnswer;
import io.netty.buffer.ByteBuf;

import java.util.ArrayList;

/**
 * The layout of every PDU (CMPP 3.0, chapter 8; 2.0 where it differs, as gocmpp and SMSGate read
 * it). An answer's status is one byte in 2.0 and four in 3.0: it is read by its length, because a
 * gateway that refuses a version answers in its own.
 */
public final class PduFormat {

    static final int HEADER = 12;

    /** A submit in 3.0 to 99 phones with 255 bytes takes 3,586. */
    static final int LONGEST = 4096;

    private PduFormat() {}

    /**
     * Reads one whole PDU.
     *
     * @throws MalformedPdu when it is not exactly one
     */
    public static Pdu read(ByteBuf frame, Version version) {
        int length = number(frame);
        if (length < HEADER || length != frame.readableBytes() + 4) {
            throw new MalformedPdu(Reason.TOTAL_LENGTH);
        }
        int command = number(frame);
        int sequence = number(frame);
        var pdu = body(frame, command, sequence, version);
        if (frame.isReadable()) {
            throw new MalformedPdu(Reason.BODY_LENGTH);
        }
        return pdu;
    }

    private static Pdu body(ByteBuf in, int command, int sequence, Version version) {
        return switch (command) {
            case Command.CONNECT ->
                    new Connect(sequence, text(in, 6), bytes(in, 16), octet(in), number(in));
            case Command.CONNECT | Command.ANSWER ->
                    new ConnectAnswer(sequence, result(in, 17), bytes(in, 16), octet(in));
            case Command.SUBMIT -> submit(in, sequence, version == Version.V3_0);
            case Command.SUBMIT | Command.ANSWER ->
                    new SubmitAnswer(sequence, longNumber(in), result(in, 0));
            case Command.DELIVER -> deliver(in, sequence, version == Version.V3_0);
            case Command.DELIVER | Command.ANSWER ->
                    new DeliverAnswer(sequence, longNumber(in), result(in, 0));
            case Command.ACTIVE_TEST -> new ActiveTest(sequence);
            case Command.ACTIVE_TEST | Command.ANSWER -> {
                // One reserved byte, which some leave out.
                in.skipBytes(Math.min(1, in.readableBytes()));
                yield new ActiveTestAnswer(sequence);
            }
            case Command.TERMINATE -> new Terminate(sequence);
            case Command.TERMINATE | Command.ANSWER -> new TerminateAnswer(sequence);
            default -> new Other(sequence, command, bytes(in, in.readableBytes()));
        };
    }

    private static int result(ByteBuf in, int after) {
        return in.readableBytes() - after == 1 ? octet(in) : number(in);
    }

    private static Submit submit(ByteBuf in, int sequence, boolean three) {
        var msgId = longNumber(in);
        int total = octet(in);
        int number = octet(in);
        int registered = octet(in);
        int level = octet(in);
        var serviceId = text(in, 10);
        int feeUserType = octet(in);
        var feeTerminal = text(in, three ? 32 : 21);
        int feeTerminalType = three ? octet(in) : 0;
        int pid = octet(in);
        int udhi = octet(in);
        int format = octet(in);
        var spId = text(in, 6);
        var feeType = text(in, 2);
        var feeCode = text(in, 6);
        var validUntil = text(in, 17);
        var sendAt = text(in, 17);
        var sourceId = text(in, 21);
        int count = octet(in);
        if (count < 1 || count > 99) {
            throw new MalformedPdu(Reason.BODY_LENGTH);
        }
        var destinations = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            destinations.add(text(in, three ? 32 : 21));
        }
        int destinationType = three ? octet(in) : 0;
        var content = bytes(in, octet(in));
        var linkId = text(in, three ? 20 : 8);
        return new Submit(
                sequence,
                msgId,
                total,
                number,
                registered,
                level,
                serviceId,
                new Fees(feeUserType, feeTerminal, feeTerminalType, feeType, feeCode),
                new UserData(pid, udhi, format, content),
                spId,
                validUntil,
                sendAt,
                sourceId,
                destinations,
                destinationType,
                linkId);
    }

    private static Deliver deliver(ByteBuf in, int sequence, boolean three) {
        var msgId = longNumber(in);
        var destination = text(in, 21);
        var serviceId = text(in, 10);
        int pid = octet(in);
        int udhi = octet(in);
        int format = octet(in);
        var source = text(in, three ? 32 : 21);
        int sourceType = three ? octet(in) : 0;
        int registered = octet(in);
        var content = bytes(in, octet(in));
        var linkId = text(in, three ? 20 : 8);
        return new Deliver(
                sequence,
                msgId,
                destination,
                serviceId,
                new UserData(pid, udhi, format, content),
                source,
                sourceType,
                registered,
                linkId);
    }

    /**
     * Appends one PDU.
     *
     * @throws IllegalArgumentException when a field is too long for it
     */
    public static void write(Pdu pdu, Version version, ByteBuf out) {
        int start = out.writerIndex();
        boolean three = version == Version.V3_0;
        out.writeInt(0);
        out.writeInt(command(pdu));
        out.writeInt(pdu.sequence());
        switch (pdu) {
            case Connect connect -> {
                writeText(out, connect.sourceAddress(), 6);
                writeBytes(out, connect.authenticator(), 16);
                out.writeByte(connect.version());
                out.writeInt(connect.timestamp());
            }
            case ConnectAnswer answer -> {
                writeResult(out, answer.status(), three);
                writeBytes(out, answer.authenticator(), 16);
                out.writeByte(answer.version());
            }
            case Submit submit -> write(submit, three, out);
            case SubmitAnswer answer -> {
                out.writeLong(answer.msgId());
                writeResult(out, answer.result(), three);
            }
            case Deliver deliver -> write(deliver, three, out);
            case DeliverAnswer answer -> {
                out.writeLong(answer.msgId());
                writeResult(out, answer.result(), three);
            }
            case ActiveTestAnswer _ -> out.writeByte(0);
            case ActiveTest _, Terminate _, TerminateAnswer _ -> {}
            case Other other -> out.writeBytes(other.body());
        }
        out.setInt(start, out.writerIndex() - start);
    }

    private static int command(Pdu pdu) {
        return switch (pdu) {
            case Connect _ -> Command.CONNECT;
            case ConnectAnswer _ -> Command.CONNECT | Command.ANSWER;
            case Submit _ -> Command.SUBMIT;
            case SubmitAnswer _ -> Command.SUBMIT | Command.ANSWER;
            case Deliver _ -> Command.DELIVER;
            case DeliverAnswer _ -> Command.DELIVER | Command.ANSWER;
            case ActiveTest _ -> Command.ACTIVE_TEST;
            case ActiveTestAnswer _ -> Command.ACTIVE_TEST | Command.ANSWER;
            case Terminate _ -> Command.TERMINATE;
            case TerminateAnswer _ -> Command.TERMINATE | Command.ANSWER;
            case Other other -> other.command();
        };
    }

    private static void writeResult(ByteBuf out, int result, boolean three) {
        if (three) {
            out.writeInt(result);
        } else {
            out.writeByte(result);
        }
    }

    private static void write(Submit submit, boolean three, ByteBuf out) {
        var fees = submit.fees();
        var data = submit.data();
        out.writeLong(submit.msgId());
        out.writeByte(submit.total());
        out.writeByte(submit.number());
        out.writeByte(submit.registeredDelivery());
        out.writeByte(submit.level());
        writeText(out, submit.serviceId(), 10);
        out.writeByte(fees.userType());
        writeText(out, fees.terminal(), three ? 32 : 21);
        if (three) {
            out.writeByte(fees.terminalType());
        }
        out.writeByte(data.pid());
        out.writeByte(data.udhi());
        out.writeByte(data.format());
        writeText(out, submit.spId(), 6);
        writeText(out, fees.type(), 2);
        writeText(out, fees.code(), 6);
        writeText(out, submit.validUntil(), 17);
        writeText(out, submit.sendAt(), 17);
        writeText(out, submit.sourceId(), 21);
        out.writeByte(submit.destinations().size());
        submit.destinations().forEach(one -> writeText(out, one, three ? 32 : 21));
        if (three) {
            out.writeByte(submit.destinationType());
        }
        out.writeByte(data.content().length);
        out.writeBytes(data.content());
        writeText(out, submit.linkId(), three ? 20 : 8);
    }

    private static void write(Deliver deliver, boolean three, ByteBuf out) {
        var data = deliver.data();
        out.writeLong(deliver.msgId());
        writeText(out, deliver.destination(), 21);
        writeText(out, deliver.serviceId(), 10);
        out.writeByte(data.pid());
        out.writeByte(data.udhi());
        out.writeByte(data.format());
        writeText(out, deliver.source(), three ? 32 : 21);
        if (three) {
            out.writeByte(deliver.sourceType());
        }
        out.writeByte(deliver.registeredDelivery());
        out.writeByte(data.content().length);
        out.writeBytes(data.content());
        writeText(out, deliver.linkId(), three ? 20 : 8);
    }
}
