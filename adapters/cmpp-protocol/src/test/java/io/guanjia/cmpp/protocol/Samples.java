package io.guanjia.cmpp.protocol;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.util.List;

/** PDUs of our own. */
final class Samples {

    private Samples() {}

    static Pdu.Submit submit(UserData data) {
        return new Pdu.Submit(
                7,
                0,
                1,
                1,
                1,
                0,
                "BANK01",
                new Fees(2, "", 0, "01", "0"),
                data,
                "900001",
                "",
                "",
                "1069012345",
                List.of("13900001111"),
                0,
                "");
    }

    static Pdu.Deliver deliver(UserData data) {
        return new Pdu.Deliver(
                9, 0x2110a28c40003039L, "1069012345", "BANK01", data, "13900001111", 0, 0, "");
    }

    static List<Pdu> oneOfEach() {
        var words = UserData.plain(MsgFmt.UCS2, "余额".getBytes(UTF_16BE));
        return List.of(
                new Pdu.Connect(1, "900001", new byte[16], 0x30, 302163015),
                new Pdu.ConnectAnswer(1, 3, new byte[16], 0x20),
                submit(words),
                new Pdu.SubmitAnswer(7, 0x2110a28c40003039L, 8),
                deliver(words),
                new Pdu.DeliverAnswer(9, 0x2110a28c40003039L, 0),
                new Pdu.ActiveTest(10),
                new Pdu.ActiveTestAnswer(10),
                new Pdu.Terminate(11),
                new Pdu.TerminateAnswer(11),
                new Pdu.Other(12, 6, new byte[] {1, 2, 3}));
    }
}
