package io.guanjia.adapters.wecom.kf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.Fixtures;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Receipt;
import io.guanjia.weixin.protocol.XmlFields;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Reads every sample of a page and of a callback there is and shows that nothing is lost: each
 * value is found in the typed content, its address, ids and time, or else belongs to the envelope,
 * which is in the raw payload kept with it. Other samples are read where the property {@code
 * guanjia.fixtures} names them.
 */
class ItemConformanceTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * What typed content says by its own type or leaves to the raw payload: whose account it is,
     * where it comes from, and of a receipt what told it.
     */
    private static final Set<String> ENVELOPE =
            Set.of(
                    "/open_kfid",
                    "/origin",
                    "/msgtype",
                    "/msgid",
                    "/event/event_type",
                    "/event/open_kfid");

    /** In percent. */
    private static final int TYPED_AT_LEAST = 75;

    private int items;
    private int unreadable;
    private int values;
    private int typed;
    private final Set<String> untyped = new TreeSet<>();
    private final TreeMap<String, Integer> kinds = new TreeMap<>();

    @Test
    void readsEveryPageWithoutLoss() throws IOException {
        int pages = 1;
        pageOf(JSON.readTree(own("/sync/every-type.json")), "every-type");
        for (var file : Fixtures.files("doc-shaped/wecom-kf")) {
            pageOf(Fixtures.json(file), Fixtures.name(file));
            pages++;
        }

        System.out.printf(
                "conformance: %d 微信客服 pages with %d entries read without loss, %d of them kept"
                        + " unreadable; %d values, %d in typed content, the rest of %s; %s%n",
                pages, items, unreadable, values, typed, untyped, kinds);
        assertThat(pages).isGreaterThanOrEqualTo(1 + Fixtures.least(18));
        assertThat(items).isGreaterThanOrEqualTo(24 + Fixtures.least(17));
        assertThat(unreadable).isEqualTo(1);
        assertThat(untyped).isSubsetOf(ENVELOPE);
        assertThat(typed * 100).isGreaterThanOrEqualTo(values * TYPED_AT_LEAST);
    }

    @Test
    void readsEveryCallbackWithoutLoss() throws IOException {
        int documents = 0;
        for (var file : Fixtures.files("wxjava/WxCpKfServiceImplTest")) {
            var xml = Files.readString(file);
            var fields = XmlFields.parse(xml);
            if (fields.text("Event").equals("kf_msg_or_event")) {
                fetchesWhatIsNew(xml, fields);
            } else {
                keepsTheEvent(xml, fields);
            }
            documents++;
        }
        System.out.printf("conformance: %d 微信客服 callbacks read without loss%n", documents);
        assertThat(documents).isGreaterThanOrEqualTo(Fixtures.least(2));
    }

    /** By the account and with the token that the callback names. */
    private static void fetchesWhatIsNew(String xml, XmlFields fields) {
        var kfid = fields.text("OpenKfId");
        try (var platform = new FakeKf();
                var kit = new Kit(platform, Map.of("open-kfid", kfid))) {
            kit.channel.sync().start();
            await().atMost(Kit.PATIENCE).until(() -> kit.cursors.ends.get() > 0);

            var reading = kit.channel.read(FakeKf.callback(xml)).block(Kit.PATIENCE);

            assertThat(reading).isNotNull();
            assertThat(reading.inbound()).isEmpty();
            await().atMost(Kit.PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(platform.syncs())
                                            .extracting(
                                                    sync ->
                                                            sync.json()
                                                                    .path("open_kfid")
                                                                    .asString(""),
                                                    sync -> sync.json().path("token").asString(""))
                                            .contains(tuple(kfid, fields.text("Token"))));
        }
    }

    private static void keepsTheEvent(String xml, XmlFields fields) {
        try (var platform = new FakeKf();
                var kit = new Kit(platform, Map.of())) {
            var reading = kit.channel.read(FakeKf.callback(xml)).block(Kit.PATIENCE);

            assertThat(reading).isNotNull();
            assertThat(reading.inbound()).hasSize(1);
            var message = (InboundMessage) reading.inbound().getFirst();
            assertThat(message.raw()).isEqualTo(xml);
            assertThat(message.sentAt())
                    .isEqualTo(Instant.ofEpochSecond(Long.parseLong(fields.text("CreateTime"))));
            assertThat(message.content())
                    .isEqualTo(
                            new Event.Other(
                                    fields.text("Event"),
                                    Map.of(
                                            "AuthAddOpenKfId",
                                            fields.text("AuthAddOpenKfId"),
                                            "AuthDelOpenKfId",
                                            fields.text("AuthDelOpenKfId"))));
        }
    }

    private void pageOf(JsonNode page, String name) {
        var reader = new ItemReader("demo");
        for (var item : page.path("msg_list")) {
            var inbound = reader.read(item, Kit.NOW);
            items++;
            kinds.merge(kind(inbound), 1, Integer::sum);
            assertThat(JSON.readTree(raw(inbound))).as(name).isEqualTo(item);
            account(item, inbound);
        }
    }

    private void account(JsonNode item, Inbound inbound) {
        boolean kept =
                inbound instanceof InboundMessage message
                        && message.content() instanceof Content.Unreadable;
        unreadable += kept ? 1 : 0;
        var texts = texts(inbound);
        forEachLeaf(
                "",
                item,
                (path, value) -> {
                    if (value.isBlank()) {
                        return;
                    }
                    values++;
                    if (texts.contains(value)) {
                        typed++;
                    } else {
                        untyped.add(path);
                    }
                });
    }

    /** Each value of it, and each word of those that join several. */
    private static Set<String> texts(Inbound inbound) {
        ObjectNode seen = JSON.valueToTree(inbound);
        seen.remove("raw");
        var texts = new TreeSet<String>();
        forEachLeaf(
                "",
                seen,
                (path, value) -> {
                    texts.add(value);
                    texts.addAll(List.of(value.split(" ")));
                });
        var at =
                switch (inbound) {
                    case InboundMessage message -> message.sentAt();
                    case Receipt receipt -> receipt.at();
                };
        texts.add(Long.toString(at.getEpochSecond()));
        return texts;
    }

    private static void forEachLeaf(
            String path, JsonNode node, BiConsumer<String, String> visitor) {
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            field ->
                                    forEachLeaf(
                                            path + "/" + field.getKey(),
                                            field.getValue(),
                                            visitor));
        } else if (node.isArray()) {
            node.forEach(entry -> forEachLeaf(path, entry, visitor));
        } else if (!node.isNull()) {
            visitor.accept(path, node.asString());
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
}
