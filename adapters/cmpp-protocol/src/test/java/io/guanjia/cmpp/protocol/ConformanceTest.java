package io.guanjia.cmpp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Holds us to PDUs that gocmpp writes and that SMSGate's author saw in production, where the
 * property {@code guanjia.fixtures} names them. Reading loses nothing: what is read is written as
 * it came.
 */
class ConformanceTest {

    private static final HexFormat HEX = HexFormat.of();

    /** Several PDUs of CMPP one after the other. */
    private static final Set<String> CMPP_STREAMS =
            Set.of("TestDiffrentMsgFmt.java", "TestMsgDataSubmitRequestDecoder2.java");

    /** MMS, SGIP, SMGP and SMPP, which are other protocols. */
    private static final Set<String> NOT_CMPP =
            Set.of(
                    "TestMMS1RetrieveConfCodec.java",
                    "TestSGIPcodec.java",
                    "TestSMGPMsgIdUtil.java",
                    "TestSMGPSubmitMessage.java",
                    "TestBaseSmCodec.java");

    @Test
    void readsAndWritesWhatGocmppDoes() throws IOException {
        int pdus = 0;
        int values = 0;
        for (var sample : Fixtures.samples("gocmpp/cmpp_pdu_vectors.json")) {
            var name = sample.get("pdu").asString();
            var bytes = HEX.parseHex(sample.get("hex").asString());
            if (name.equals("CmppReceiptPkt")) {
                var report = Objects.requireNonNull(Report.read(bytes));
                assertThat(report.content(Version.V2_0)).isEqualTo(bytes);
                assertThat(report)
                        .isEqualTo(
                                new Report(
                                        Long.parseUnsignedLong("13025908756704198656"),
                                        "DELIVRD",
                                        "1511120955",
                                        "1511120957",
                                        "13412340000",
                                        0x12345678));
            } else {
                var version = name.startsWith("Cmpp3") ? Version.V3_0 : Version.V2_0;
                var pdu = PduFormat.read(Unpooled.wrappedBuffer(bytes), version);
                assertThat(written(pdu, version)).as(name).isEqualTo(sample.get("hex").asString());
                assertThat(pdu instanceof Pdu.Other).as(name).isEqualTo(name.contains("Fwd"));
                values +=
                        check(sample.get("fields"), pdu)
                                + check(sample.get("expect_after_unpack"), pdu);
            }
            pdus++;
        }
        System.out.printf(
                "conformance: %d PDUs of gocmpp read and written alike, %d values compared%n",
                pdus, values);
        assertThat(pdus).isGreaterThanOrEqualTo(least(40));
        assertThat(values).isGreaterThanOrEqualTo(least(100));
    }

    /** So many where the data is on this machine, else none. */
    private static int least(int count) {
        return Files.isDirectory(Path.of(System.getProperty("guanjia.fixtures", "none")))
                ? count
                : 0;
    }

    /** Compares the values that are in the PDU's own words; others are Go expressions. */
    private static int check(JsonNode expected, Pdu pdu) {
        int compared = 0;
        for (var field : expected.properties()) {
            var actual = value(pdu, field.getKey());
            var wanted = field.getValue().asString();
            if (actual != null
                    && !wanted.matches("\\w*\\(.*|[a-z]+[A-Z]\\w*(\\[0])?|0x.*|\\[].*")) {
                assertThat(actual).as(field.getKey()).isEqualTo(wanted);
                compared++;
            }
        }
        return compared;
    }

    private static @Nullable String value(Pdu pdu, String field) {
        return switch (pdu) {
            case Pdu.Connect connect ->
                    switch (field) {
                        case "SrcAddr" -> connect.sourceAddress();
                        case "Timestamp" -> String.valueOf(connect.timestamp());
                        default -> null;
                    };
            case Pdu.SubmitAnswer answer ->
                    switch (field) {
                        case "MsgId" -> Long.toUnsignedString(answer.msgId());
                        case "Result" -> String.valueOf(answer.result());
                        default -> null;
                    };
            case Pdu.DeliverAnswer answer ->
                    switch (field) {
                        case "MsgId" -> Long.toUnsignedString(answer.msgId());
                        case "Result" -> String.valueOf(answer.result());
                        default -> null;
                    };
            case Pdu.Deliver deliver ->
                    switch (field) {
                        case "MsgId" -> Long.toUnsignedString(deliver.msgId());
                        case "DestId" -> deliver.destination();
                        case "ServiceId" -> deliver.serviceId();
                        case "TpPid" -> String.valueOf(deliver.data().pid());
                        case "TpUdhi" -> String.valueOf(deliver.data().udhi());
                        case "MsgFmt" -> String.valueOf(deliver.data().format());
                        case "SrcTerminalId" -> deliver.source();
                        case "SrcTerminalType" -> String.valueOf(deliver.sourceType());
                        case "RegisterDelivery" -> String.valueOf(deliver.registeredDelivery());
                        case "MsgLength" -> String.valueOf(deliver.data().content().length);
                        case "MsgContent" -> new String(deliver.data().content(), US_ASCII);
                        case "LinkId" -> deliver.linkId();
                        default -> null;
                    };
            case Pdu.Submit submit ->
                    switch (field) {
                        case "PkTotal" -> String.valueOf(submit.total());
                        case "PkNumber" -> String.valueOf(submit.number());
                        case "RegisteredDelivery" -> String.valueOf(submit.registeredDelivery());
                        case "MsgLevel" -> String.valueOf(submit.level());
                        case "ServiceId" -> submit.serviceId();
                        case "FeeUserType" -> String.valueOf(submit.fees().userType());
                        case "FeeTerminalId" -> submit.fees().terminal();
                        case "FeeTerminalType" -> String.valueOf(submit.fees().terminalType());
                        case "MsgFmt" -> String.valueOf(submit.data().format());
                        case "MsgSrc" -> submit.spId();
                        case "FeeType" -> submit.fees().type();
                        case "FeeCode" -> submit.fees().code();
                        case "ValidTime" -> submit.validUntil();
                        case "AtTime" -> submit.sendAt();
                        case "SrcId" -> submit.sourceId();
                        case "DestUsrTl" -> String.valueOf(submit.destinations().size());
                        case "DestTerminalType" -> String.valueOf(submit.destinationType());
                        case "LinkId" -> submit.linkId();
                        default -> null;
                    };
            default -> null;
        };
    }

    @Test
    void readsWhatWasSeenInProduction() throws IOException {
        int pdus = 0;
        int parts = 0;
        for (var sample : Fixtures.samples("smsgate/hex_pdus.json")) {
            var file = sample.get("file").asString();
            var hex = sample.get("hex").asString();
            if (CMPP_STREAMS.contains(file)) {
                var read = stream(hex, Version.V2_0);
                assertThat(
                                String.join(
                                        "",
                                        read.stream()
                                                .map(pdu -> written(pdu, Version.V2_0))
                                                .toList()))
                        .isEqualTo(hex);
                pdus += read.size();
                for (var pdu : read) {
                    var header = UserDataHeader.of(((Pdu.Submit) pdu).data());
                    assertThat(Objects.requireNonNull(header).part()).isNotNull();
                    parts++;
                }
            } else if (file.equals("TestRemoteWriteCardSubmitMsg.java")) {
                var pdu = stream(hex, Version.V2_0).getFirst();
                assertThat(written(pdu, Version.V2_0)).isEqualTo(hex);
                pdus++;
            } else if (file.equals("TestMsgErrDeliverRequestDecoder.java")) {
                var deliver = body(hex);
                assertThat(written(deliver, Version.V3_0).substring(24)).isEqualTo(hex);
                var report = Objects.requireNonNull(Report.read(deliver.data().content()));
                assertThat(deliver.isReport()).isTrue();
                assertThat(report.stat()).isIn("AF:4", "DELIVRD");
                pdus++;
            } else if (file.equals("TestUnkownTypeSubmitMsg.java")) {
                assertThat(UserDataHeader.of(new UserData(0, 1, MsgFmt.BINARY, HEX.parseHex(hex))))
                        .isEqualTo(new UserDataHeader(new UserDataHeader.Part(1, 3, 1), 8));
                parts++;
            } else {
                assertThat(file).isIn(NOT_CMPP);
            }
        }
        System.out.printf(
                "conformance: %d CMPP PDUs of SMSGate read and written alike, %d headers of"
                        + " parts%n",
                pdus, parts);
        assertThat(pdus).isGreaterThanOrEqualTo(least(12));
        assertThat(parts).isGreaterThanOrEqualTo(least(10));
    }

    private static List<Pdu> stream(String hex, Version version) {
        var line = new EmbeddedChannel(new CmppCodec(version));
        line.writeInbound(Unpooled.wrappedBuffer(HEX.parseHex(hex)));
        var all = new ArrayList<Pdu>();
        for (var pdu = line.<Pdu>readInbound(); pdu != null; pdu = line.readInbound()) {
            all.add(pdu);
        }
        return all;
    }

    private static Pdu.Deliver body(String hex) {
        var frame = "%08x".formatted(12 + hex.length() / 2) + "0000000500000001" + hex;
        return (Pdu.Deliver)
                PduFormat.read(Unpooled.wrappedBuffer(HEX.parseHex(frame)), Version.V3_0);
    }

    private static String written(Pdu pdu, Version version) {
        var out = Unpooled.buffer();
        PduFormat.write(pdu, version, out);
        return ByteBufUtil.hexDump(out);
    }
}
