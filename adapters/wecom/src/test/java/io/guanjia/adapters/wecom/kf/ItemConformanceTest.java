package io.guanjia.adapters.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads every sample of a page and of a callback there is and shows that nothing is lost: each
 * value is found in the typed content, its address and ids, or else in the raw payload kept with
 * it. Other samples are read where the property {@code guanjia.fixtures} names them.
 */
class ItemConformanceTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private int items;
    private int unreadable;
    private int values;
    private int typed;
    private final TreeMap<String, Integer> kinds = new TreeMap<>();

    @Test
    void readsEveryPageWithoutLoss() throws IOException {
        pagesOf(JSON.readTree(own("/sync/every-type.json")), "every-type");
        for (var file : fixtures("doc-shaped/wecom-kf", ".json")) {
            pagesOf(JSON.readTree(Files.readString(file)), file.toString());
        }

        System.out.printf(
                "conformance: %d 微信客服 entries read without loss, %d of them kept unreadable;"
                        + " %d values, %d in typed content; %s%n",
                items, unreadable, values, typed, kinds);
        assertThat(items).isGreaterThanOrEqualTo(20);
        assertThat(unreadable).isEqualTo(1);
    }

    @Test
    void readsEveryCallbackWithoutLoss() throws IOException {
        int documents = 0;
        try (var platform = new FakeKf();
                var kit = new Kit(platform, Map.of())) {
            for (var file : fixtures("wxjava/WxCpKfServiceImplTest", ".xml")) {
                var xml = Files.readString(file);
                var reading = kit.channel.read(FakeKf.callback(xml)).block(Kit.PATIENCE);

                assertThat(reading).isNotNull();
                if (xml.contains("kf_msg_or_event")) {
                    assertThat(reading.inbound()).isEmpty();
                } else {
                    assertThat(reading.inbound()).hasSize(1);
                    assertThat(((InboundMessage) reading.inbound().getFirst()).raw())
                            .isEqualTo(xml);
                }
                documents++;
            }
        }
        System.out.printf("conformance: %d 微信客服 callbacks read without loss%n", documents);
    }

    private void pagesOf(JsonNode page, String name) {
        var reader = new ItemReader("demo");
        for (var item : page.path("msg_list")) {
            var inbound = reader.read(item, Kit.NOW);
            items++;
            kinds.merge(kind(inbound), 1, Integer::sum);
            var raw = raw(inbound);
            assertThat(JSON.readTree(raw)).as(name).isEqualTo(item);
            if (inbound instanceof InboundMessage message
                    && message.content() instanceof Content.Unreadable) {
                unreadable++;
            }
            ObjectNode seen = JSON.valueToTree(inbound);
            seen.remove("raw");
            var texts = new ArrayList<String>();
            collect(seen, texts);
            var all = new ArrayList<String>();
            collect(item, all);
            for (var value : all) {
                values++;
                if (texts.stream().anyMatch(text -> text.contains(value))) {
                    typed++;
                }
            }
        }
    }

    private static String kind(Inbound inbound) {
        return inbound instanceof InboundMessage message
                ? message.content().getClass().getSimpleName()
                : "Receipt";
    }

    private static String raw(Inbound inbound) {
        return switch (inbound) {
            case InboundMessage message -> message.raw();
            case Receipt receipt -> receipt.raw();
        };
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isContainer()) {
            node.forEach(child -> collect(child, texts));
        } else if (!node.isNull()) {
            texts.add(node.asString());
        }
    }

    private static String own(String name) {
        try (var file = ItemConformanceTest.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalArgumentException("no sample " + name);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> fixtures(String folder, String ending) throws IOException {
        var root = System.getProperty("guanjia.fixtures");
        var set = root == null ? null : Path.of(root, folder);
        if (set == null || !Files.isDirectory(set)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(set)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
