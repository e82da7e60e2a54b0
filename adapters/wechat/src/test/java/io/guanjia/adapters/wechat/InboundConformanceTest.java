package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
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
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads every official account sample there is and shows that nothing is lost: each value of the
 * document is found in the typed content, its address and ids, or else in the raw payload kept with
 * it. Other projects' samples are read where the property {@code guanjia.fixtures} names them.
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
        System.out.printf(
                "conformance: %d official account documents read without loss, %d of them kept"
                        + " unreadable; %d values, %d in typed content%n",
                documents.size(), unreadable.size(), values, typed);
        assertThat(unreadable)
                .containsExactlyInAnyOrderElementsOf(
                        UNREADABLE.stream().filter(documents::contains).toList());
        assertThat(typed * 100 / values).isGreaterThanOrEqualTo(TYPED_AT_LEAST);
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
            var folder = Path.of(System.getProperty("guanjia.fixtures", "none")).resolve(set);
            if (Files.isDirectory(folder)) {
                samples.addAll(documents(folder));
            }
        }
        return samples;
    }

    private static List<Path> documents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .filter(file -> !file.toString().endsWith("_MALFORMED.xml"))
                    .sorted()
                    .toList();
        }
    }

    private static List<JsonNode> encrypted() throws IOException {
        var file =
                Path.of(System.getProperty("guanjia.fixtures", "none"))
                        .resolve("peer-encrypted/accept.json");
        if (!Files.exists(file)) {
            return List.of();
        }
        return JSON.readTree(Files.readString(file))
                .valueStream()
                .filter(sample -> sample.get("channel").asString().equals("mp"))
                .filter(sample -> sample.get("content_type").asString().equals("text/xml"))
                .toList();
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
        var query = new HashMap<String, String>();
        sample.get("query")
                .properties()
                .forEach(e -> query.put(e.getKey(), e.getValue().asString()));
        return new Callback(
                "wechat",
                "demo",
                query,
                "text/xml",
                sample.get("body").asString().getBytes(UTF_8),
                Callbacks.NOW);
    }
}
