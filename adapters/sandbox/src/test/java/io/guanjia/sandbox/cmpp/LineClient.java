package io.guanjia.sandbox.cmpp;

import io.guanjia.cmpp.protocol.Authenticator;
import io.guanjia.cmpp.protocol.Fees;
import io.guanjia.cmpp.protocol.Pdu;
import io.guanjia.cmpp.protocol.PduFormat;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.cmpp.protocol.Version;
import io.netty.buffer.Unpooled;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** A service provider of the plainest kind: one socket, one thing after the other. */
final class LineClient implements AutoCloseable {

    private final Version version;
    private final Socket socket;
    private final DataInputStream in;
    private int sequence;

    LineClient(URI address, Version version) throws IOException {
        this.version = version;
        socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
    }

    Pdu.ConnectAnswer login(String sourceAddress, String secret) throws IOException {
        send(
                new Pdu.Connect(
                        ++sequence,
                        sourceAddress,
                        Authenticator.ofSource(sourceAddress, secret, 302163015),
                        version.onTheWire(),
                        302163015));
        return (Pdu.ConnectAnswer) hear();
    }

    /** Returns its answer; what else comes before that is left out. */
    Pdu.SubmitAnswer submit(String phone, UserData data) throws IOException {
        int number = submitOnly(phone, data);
        while (true) {
            if (hear() instanceof Pdu.SubmitAnswer answer && answer.sequence() == number) {
                return answer;
            }
        }
    }

    int submitOnly(String phone, UserData data) throws IOException {
        int number = ++sequence;
        send(
                new Pdu.Submit(
                        number,
                        0,
                        1,
                        1,
                        1,
                        0,
                        "",
                        new Fees(2, "", 0, "01", "0"),
                        data,
                        "900001",
                        "",
                        "",
                        "1069012345",
                        List.of(phone),
                        0,
                        ""));
        return number;
    }

    void send(Pdu pdu) throws IOException {
        var out = Unpooled.buffer();
        PduFormat.write(pdu, version, out);
        socket.getOutputStream().write(out.array(), 0, out.readableBytes());
    }

    Pdu hear() throws IOException {
        int length = in.readInt();
        var frame = Unpooled.buffer(length).writeInt(length);
        var rest = new byte[length - 4];
        in.readFully(rest);
        return PduFormat.read(frame.writeBytes(rest), version);
    }

    /** The next message or report, acknowledged. */
    Pdu.Deliver takeDelivery() throws IOException {
        while (true) {
            if (hear() instanceof Pdu.Deliver deliver) {
                send(new Pdu.DeliverAnswer(deliver.sequence(), deliver.msgId(), 0));
                return deliver;
            }
        }
    }

    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
