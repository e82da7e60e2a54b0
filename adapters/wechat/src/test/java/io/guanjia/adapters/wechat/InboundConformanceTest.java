package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.Fixtures;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.channel.CallbackRejected;
import io.guanjia.gateway.channel.Reading;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.weixin.callback.Numbers;
import io.guanjia.weixin.protocol.XmlFields;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads every official account sample there is and shows that nothing is lost: each value of the
 * document is found in the typed content, its address and ids, or else in the raw payload kept with
 * it. Other projects' samples are read where the property {@code guanjia.fixtures} names them, also
 * those that they have encrypted; what they say must be refused is.
 */
class InboundConformanceTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The sets of the fixtures that hold what official accounts and mini programs receive. */
    private static final List<String> SETS =
            List.of(
                    "wechatpy/test_events",
                    "wechatpy/test_parser",
                    "wxjava/WxMpXmlMessageTest",
                    "wxjava/WxMaMessageTest",
                    "wxjava/XmlUtilsTest",
                    "node-easywechat/MiniApp_Server.test");

    /** Of a type we do not know, of none, or without what their type cannot do without. */
    private static final Set<String> UNREADABLE =
            Set.of(
                    "callbacks/location-malformed.xml",
                    "callbacks/text-blank.xml",
                    "callbacks/unknown-type.xml",
                    "test_parser/09_test_parse_unknown_message__notsure.xml",
                    "test_parser/15_test_parse_device_text_event__device_text.xml",
                    "test_parser/16_test_parse_device_bind_event__device_event_bind.xml",
                    "XmlUtilsTest/01_testXml2Map__xml.xml");

    /** In percent. What is not in typed content is mostly the envelope: our own name, types. */
    private static final int TYPED_AT_LEAST = 55;

    private final WechatChannel channel = Channels.with(Accounts.demo(Map.of()));
    private final Set<String> documents = new HashSet<>();
    private final Set<String> unreadable = new HashSet<>();
    private int values;
    private int typed;

    @Test
    void readsEverySampleWithoutLoss() throws IOException {
        for (var sample : samples()) {
            var name = sample.getName(sample.getNameCount() - 2) + "/" + sample.getFileName();
            var xml = Files.readString(sample);
            var reading = channel.read(Callbacks.safe(xml)).block();

            assertThat(reading).as(name).isNotNull();
            assertThat(reading.inbound()).as(name).isNotEmpty();
            account(name, XmlFields.parse(xml), xml, reading.inbound());
        }
        for (var sample : encrypted()) {
            var xml = sample.get("plain").asString();
            var reading = channelOf(sample).read(callback(sample)).block();

            assertThat(reading).as(sample.get("id").asString()).isNotNull();
            account(sample.get("id").asString(), XmlFields.parse(xml), xml, reading.inbound());
        }
        for (var file : Fixtures.files("node-easywechat/Encryptor.test")) {
            var reading = readWithPublishedKeys(Files.readString(file));
            var xml = raw(reading.inbound().getFirst());

            account(file.toString(), XmlFields.parse(xml), xml, reading.inbound());
        }
        System.out.printf(
                "conformance: %d official account documents read without loss, %d of them kept"
                        + " unreadable; %d values, %d in typed content%n",
                documents.size(), unreadable.size(), values, typed);
        assertThat(documents).hasSizeGreaterThanOrEqualTo(36 + Fixtures.least(80));
        assertThat(unreadable)
                .containsExactlyInAnyOrderElementsOf(
                        UNREADABLE.stream().filter(documents::contains).toList());
        assertThat(typed * 100 / values).isGreaterThanOrEqualTo(TYPED_AT_LEAST);
    }

    @Test
    void refusesWhatOthersSayMustBeRefused() throws IOException {
        int refused = 0;
        for (var sample : Fixtures.entries("peer-encrypted/reject.json")) {
            assertThatThrownBy(() -> channelOf(sample).read(callback(sample)).block())
                    .as(sample.get("why").asString())
                    .isInstanceOf(CallbackRejected.class);
            refused++;
        }
        System.out.printf("conformance: %d official account callbacks refused%n", refused);
        assertThat(refused).isGreaterThanOrEqualTo(Fixtures.least(6));
    }

    @Test
    void answersTheCheckOfAnAddressAsOthersDo() throws IOException {
        int checks = 0;
        for (var sample : Fixtures.entries("peer-encrypted/verify_url.json")) {
            if (sample.get("kind").asString().startsWith("mp")) {
                var response =
                        channelOf(sample).handshake(Callbacks.callback(query(sample), "")).block();

                assertThat(new String(Objects.requireNonNull(response).body(), UTF_8))
                        .isEqualTo(sample.get("expect_body").asString());
                checks++;
            }
        }
        System.out.printf(
                "conformance: %d checks of an official account's address answered alike%n", checks);
        assertThat(checks).isGreaterThanOrEqualTo(Fixtures.least(1));
    }

    private void account(String name, XmlFields document, String raw, List<Inbound> inbound) {
        documents.add(name);
        var texts = new ArrayList<String>();
        for (var one : inbound) {
            assertThat(raw(one)).as(name).isEqualTo(raw);
            collect(JSON.valueToTree(one), texts);
        }
        boolean kept =
                JSON.valueToTree(inbound.getFirst())
                        .path("content")
                        .path("type")
                        .asString("")
                        .equals("unreadable");
        if (kept) {
            unreadable.add(name);
        }
        document.forEachLeaf(
                (path, value) -> {
                    if (value.isBlank()) {
                        return;
                    }
                    values++;
                    assertThat(raw).as(name + " " + path).containsIgnoringNewLines(value.strip());
                    typed += texts.stream().anyMatch(text -> matches(text, value.strip())) ? 1 : 0;
                });
    }

    private static boolean matches(String text, String value) {
        if (text.equalsIgnoreCase(value) || ("qrscene_" + text).equals(value)) {
            return true;
        }
        var number = Numbers.decimal(value);
        return number != null && number.equals(Numbers.decimal(text));
    }

    private static String raw(Inbound inbound) {
        return switch (inbound) {
            case InboundMessage message -> message.raw();
            case Receipt receipt -> receipt.raw();
        };
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isContainer()) {
            node.values().forEach(child -> collect(child, texts));
        } else {
            texts.add(node.asString());
        }
    }

    private static List<Path> samples() throws IOException {
        var samples = new ArrayList<>(documents(Path.of("src/test/resources/callbacks")));
        for (var set : SETS) {
            // A mini program's may be JSON, which no official account is called back with.
            Fixtures.files(set).stream()
                    .filter(file -> file.toString().endsWith(".xml"))
                    .forEach(samples::add);
        }
        return samples;
    }

    private static List<Path> documents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static List<JsonNode> encrypted() throws IOException {
        return Fixtures.entries("peer-encrypted/accept.json").stream()
                .filter(sample -> sample.get("channel").asString().equals("mp"))
                .filter(sample -> sample.get("content_type").asString().equals("text/xml"))
                .toList();
    }

    /** The keys and the signature of a document are among the published vectors. */
    private static Reading readWithPublishedKeys(String xml) throws IOException {
        var encrypt = XmlFields.parse(xml).text("Encrypt");
        var vector =
                JSON.readTree(Fixtures.text("vectors/wechat_crypto_vectors.json"))
                        .get("msg_crypt")
                        .valueStream()
                        .filter(one -> one.path("encrypt").asString("").equals(encrypt))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no keys of " + encrypt));
        var query =
                Map.of(
                        "encrypt_type", "aes",
                        "msg_signature", vector.get("msg_signature").asString(),
                        "timestamp", vector.get("timestamp").asString(),
                        "nonce", vector.get("nonce").asString());
        return Objects.requireNonNull(
                channelOf(vector).read(Callbacks.callback(query, xml)).block());
    }

    private static WechatChannel channelOf(JsonNode sample) {
        return Channels.with(
                Accounts.demo(
                        Map.of(
                                "token", sample.get("token").asString(),
                                "aes-key", sample.get("aes_key").asString(),
                                "app-id", sample.get("receive_id").asString())));
    }

    private static Callback callback(JsonNode sample) {
        return Callbacks.callback(query(sample), sample.get("body").asString());
    }

    private static Map<String, String> query(JsonNode sample) {
        var query = new HashMap<String, String>();
        sample.get("query")
                .properties()
                .forEach(e -> query.put(e.getKey(), e.getValue().asString()));
        return query;
    }
}
