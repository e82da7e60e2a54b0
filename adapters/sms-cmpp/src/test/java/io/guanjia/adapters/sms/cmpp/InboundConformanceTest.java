package io.guanjia.adapters.sms.cmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.cmpp.protocol.MsgFmt;
import io.guanjia.cmpp.protocol.MsgId;
import io.guanjia.cmpp.protocol.Pdu.Deliver;
import io.guanjia.cmpp.protocol.PduFormat;
import io.guanjia.cmpp.protocol.Report;
import io.guanjia.cmpp.protocol.UserData;
import io.guanjia.cmpp.protocol.Version;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Receipt.Outcome;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Hears over a line what gocmpp delivers and what SMSGate's author has seen delivered, where the
 * property {@code guanjia.fixtures} names it, and shows that nothing is lost: the words, who said
 * them, the ids and states in typed content, and the PDU in the raw payload.
 */
class InboundConformanceTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final Path FIXTURES = Path.of(System.getProperty("guanjia.fixtures", "none"));

    /** A PDU's sequence number, up to which it is the line's, in hexadecimal digits. */
    private static final int HEADER = 24;

    @Test
    void hearsTheMessagesThatGocmppDelivers() throws IOException {
        int messages = 0;
        for (var version : List.of("2.0", "3.0")) {
            var name = "Cmpp" + version.charAt(0) + "DeliverReqPkt";
            var samples =
                    samples("gocmpp/cmpp_pdu_vectors.json").stream()
                            .filter(sample -> sample.get("pdu").asString().equals(name))
                            .toList();
            if (!samples.isEmpty()) {
                hear(version, samples);
            }
            messages += samples.size();
        }
        System.out.printf("conformance: %d messages of gocmpp heard over CMPP%n", messages);
        assertThat(messages).isGreaterThanOrEqualTo(least(4));
    }

    private static void hear(String version, List<JsonNode> samples) {
        try (var bank = Bank.open(Bank.speaking(version), Map.of("version", version))) {
            for (var sample : samples) {
                var hex = sample.get("hex").asString();
                var told = told(sample);
                var id = MsgId.text(Long.parseUnsignedLong(told.get("MsgId").asString()));

                assertThat(bank.carrier.deliver(deliver(hex, version)).join())
                        .isEqualTo("acknowledged");

                assertThat(bank.intake.messages())
                        .filteredOn(message -> id.equals(message.externalId()))
                        .singleElement()
                        .satisfies(
                                message -> {
                                    assertThat(message.from())
                                            .isEqualTo(
                                                    Bank.customer(
                                                            told.get("SrcTerminalId").asString()));
                                    assertThat(message.content())
                                            .isEqualTo(
                                                    new Content.Text(
                                                            told.get("MsgContent").asString()));
                                    assertThat(message.raw())
                                            .startsWith("CMPP " + version + " ")
                                            .endsWith(hex.substring(HEADER));
                                });
            }
        }
    }

    /** Packed they name what goes in, unpacked what comes out. */
    private static JsonNode told(JsonNode sample) {
        var packed = sample.get("fields");
        return packed.has("MsgId") ? packed : sample.get("expect_after_unpack");
    }

    @Test
    void hearsTheReportsThatOthersHaveSeen() throws IOException {
        var delivers = reports();
        if (!delivers.isEmpty()) {
            try (var bank = Bank.open(Bank.speaking("3.0"), Map.of("version", "3.0"))) {
                delivers.forEach(deliver -> hearReport(bank, deliver));
            }
        }
        System.out.printf("conformance: %d reports of others heard over CMPP%n", delivers.size());
        assertThat(delivers).hasSizeGreaterThanOrEqualTo(least(4));
    }

    private static void hearReport(Bank bank, Deliver deliver) {
        var report = Objects.requireNonNull(Report.read(deliver.data().content()));
        var delivered = report.stat().equals("DELIVRD");

        assertThat(bank.carrier.deliver(deliver).join()).isEqualTo("acknowledged");

        assertThat(bank.intake.receipts())
                .filteredOn(receipt -> receipt.platformId().equals(MsgId.text(report.msgId())))
                .singleElement()
                .satisfies(
                        receipt -> {
                            assertThat(receipt.from())
                                    .isEqualTo(Bank.customer(report.destination()));
                            assertThat(receipt.outcome())
                                    .isEqualTo(delivered ? Outcome.DELIVERED : Outcome.FAILED);
                            assertThat(receipt.reason())
                                    .isEqualTo(delivered ? null : report.stat());
                            assertThat(receipt.raw())
                                    .endsWith(
                                            RawDeliver.text(deliver, Version.V3_0)
                                                    .substring("CMPP 3.0 ".length() + HEADER));
                        });
    }

    /** SMSGate has whole PDUs but for their headers, gocmpp what is in one. */
    private static List<Deliver> reports() throws IOException {
        var delivers = new ArrayList<Deliver>();
        for (var sample : samples("smsgate/hex_pdus.json")) {
            if (sample.get("file").asString().equals("TestMsgErrDeliverRequestDecoder.java")) {
                var body = sample.get("hex").asString();
                var header = "%08x".formatted(12 + body.length() / 2) + "0000000500000001";
                delivers.add(deliver(header + body, "3.0"));
            }
        }
        for (var sample : samples("gocmpp/cmpp_pdu_vectors.json")) {
            if (sample.get("pdu").asString().equals("CmppReceiptPkt")) {
                var content = HEX.parseHex(sample.get("hex").asString());
                delivers.add(
                        new Deliver(
                                1,
                                1,
                                "900001",
                                "",
                                UserData.plain(MsgFmt.ASCII, content),
                                "13412340000",
                                0,
                                1,
                                ""));
            }
        }
        return delivers;
    }

    private static Deliver deliver(String hex, String version) {
        return (Deliver)
                PduFormat.read(
                        Unpooled.wrappedBuffer(HEX.parseHex(hex)),
                        version.equals("3.0") ? Version.V3_0 : Version.V2_0);
    }

    private static int least(int count) {
        return Files.isDirectory(FIXTURES) ? count : 0;
    }

    private static List<JsonNode> samples(String path) throws IOException {
        var file = FIXTURES.resolve(path);
        return Files.exists(file)
                ? JsonMapper.shared().readTree(Files.readString(file)).valueStream().toList()
                : List.of();
    }
}
