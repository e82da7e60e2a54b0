package io.guanjia.adapters.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.weixin.callback.Documents;

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

/**
 * Reads every mini program sample there is, in both formats, and shows that nothing is lost: each
 * value of the document is found in the typed content, its address and ids, or else in the raw
 * payload kept with it. Other projects' samples are read where the property {@code
 * guanjia.fixtures} names them.
 */
class InboundConformanceTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Path FIXTURES = Path.of(System.getProperty("guanjia.fixtures", "none"));

    /** Of a type we do not know. */
    private static final Set<String> UNREADABLE = Set.of("callbacks/unknown-type.json");

    /** In percent. What is not in typed content is mostly the envelope: our own name, types. */
    private static final int TYPED_AT_LEAST = 60;

    private final MiniProgramChannel channel = Shop.channel(Map.of());
    private final Set<String> documents = new HashSet<>();
    private final Set<String> unreadable = new HashSet<>();
    private int values;
    private int typed;

    @Test
    void readsEverySampleWithoutLoss() throws IOException {
        for (var sample : samples()) {
            var name = sample.getName(sample.getNameCount() - 2) + "/" + sample.getFileName();
            var document = Files.readString(sample);
            check(name, document, Shop.read(channel, Shop.safe(document)));
        }
        for (var sample : encrypted()) {
            var name = sample.get("id").asString();
            check(name, sample.get("plain").asString(), readEncrypted(sample));
        }
        channel.close();
        System.out.printf(
                "conformance: %d mini program documents read without loss, %d of them kept"
                        + " unreadable; %d values, %d in typed content%n",
                documents.size(), unreadable.size(), values, typed);
        assertThat(documents)
                .hasSizeGreaterThanOrEqualTo(Files.isDirectory(FIXTURES) ? 16 + 17 : 16);
        assertThat(unreadable)
                .containsExactlyInAnyOrderElementsOf(
                        UNREADABLE.stream().filter(documents::contains).toList());
        assertThat(typed * 100 / values).isGreaterThanOrEqualTo(TYPED_AT_LEAST);
    }

    private void check(String name, String document, List<Inbound> inbound) {
        documents.add(name);
        assertThat(inbound).as(name).isNotEmpty();
        var texts = new ArrayList<String>();
        for (var one : inbound) {
            assertThat(raw(one)).as(name).isEqualTo(document);
            collect(JSON.valueToTree(one), texts);
        }
        if (inbound.getFirst() instanceof InboundMessage message
                && message.content() instanceof Content.Unreadable) {
            unreadable.add(name);
        }
        Documents.parse(document)
                .forEachLeaf(
                        (path, value) -> {
                            if (!value.isBlank()) {
                                values++;
                                typed += texts.contains(value.strip()) ? 1 : 0;
                            }
                        });
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
        var samples = new ArrayList<Path>();
        for (var folder :
                List.of(
                        Path.of("src/test/resources/callbacks"),
                        FIXTURES.resolve("wxjava/WxMaMessageTest"),
                        FIXTURES.resolve("node-easywechat/MiniApp_Server.test"))) {
            if (Files.isDirectory(folder)) {
                try (var files = Files.list(folder)) {
                    files.sorted().forEach(samples::add);
                }
            }
        }
        return samples;
    }

    /** Those that an independent implementation has encrypted in JSON mode. */
    private static List<JsonNode> encrypted() throws IOException {
        var file = FIXTURES.resolve("peer-encrypted/accept.json");
        if (!Files.exists(file)) {
            return List.of();
        }
        return JSON.readTree(Files.readString(file))
                .valueStream()
                .filter(sample -> sample.get("content_type").asString().equals("application/json"))
                .toList();
    }

    private static List<Inbound> readEncrypted(JsonNode sample) {
        var channel =
                Shop.channel(
                        Map.of(
                                "token", sample.get("token").asString(),
                                "aes-key", sample.get("aes_key").asString(),
                                "app-id", sample.get("receive_id").asString()));
        var query = new HashMap<String, String>();
        sample.get("query")
                .properties()
                .forEach(field -> query.put(field.getKey(), field.getValue().asString()));
        var body = sample.get("body").asString().getBytes(UTF_8);
        try {
            return Shop.read(
                    channel,
                    new Callback("miniprogram", "shop", query, "application/json", body, Shop.NOW));
        } finally {
            channel.close();
        }
    }
}
