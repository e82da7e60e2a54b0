package io.guanjia.adapters.wecom.contact;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.Fixtures;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.weixin.protocol.Signature;
import io.guanjia.weixin.protocol.XmlFields;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads every callback of an application that other projects have, self-built or a third party's,
 * and shows that nothing is lost: each value is found in the typed content, its address, ids and
 * time, or else belongs to the envelope, which is in the raw payload kept with it. The samples are
 * where the property {@code guanjia.fixtures} says.
 */
class ContactConformanceTest {

    private static final List<String> SETS =
            List.of(
                    "wechatpy/test_work_parser",
                    "wechatpy/test_crypto/03_test_decrypt_message__encrypted.xml",
                    "wxjava/WxCpXmlMessageTest",
                    "wxjava/WxCpExternalContactServiceImplTest",
                    "wxjava/WxCpTpXmlMessageTest",
                    "wxjava/WxCpTpMessageRouterTest",
                    "go-workwx/rx_msg_test",
                    "go-workwx/mod_test/02_TestProcessor__text.xml",
                    "node-easywechat/Work_Server.test",
                    "node-easywechat/OpenWork_Server.test");

    /** Of a type that there is not. */
    private static final Set<String> UNREADABLE =
            Set.of("test_work_parser/12_test_parse_unknown_message__notsure.xml");

    /** Every kind of message and event in one document, as no platform sends it. */
    private static final Set<String> MIXED =
            Set.of("WxCpXmlMessageTest/01_testFromXml__text_subscribe.xml");

    /** What typed content says by its own type or leaves to the raw payload. */
    private static final Set<String> ENVELOPE =
            Set.of("ToUserName", "FromUserName", "MsgType", "Event", "AgentID", "AppType", "Id");

    /** In percent. */
    private static final int TYPED_AT_LEAST = 75;

    private static final String TIMESTAMP = "1409659813";
    private static final String NONCE = "1372623149";

    private final App app = new App();
    private final Set<String> documents = new HashSet<>();
    private final Set<String> unreadable = new HashSet<>();
    private final Set<String> untyped = new TreeSet<>();
    private int values;
    private int typed;

    @AfterEach
    void end() {
        app.close();
    }

    @Test
    void readsEveryCallbackWithoutLoss() throws IOException {
        for (var set : SETS) {
            for (var file : Fixtures.files(set)) {
                var xml = Files.readString(file);
                var sealed = XmlFields.parse(xml).find("Encrypt").isPresent();
                if (sealed) {
                    read(Fixtures.name(file), signed(xml));
                } else {
                    var message = read(Fixtures.name(file), App.callback(xml));
                    assertThat(message.raw()).as(file.toString()).isEqualTo(xml);
                }
            }
        }
        for (var sample : Fixtures.entries("peer-encrypted/accept.json")) {
            if (sample.get("channel").asString().equals("work")) {
                var id = sample.get("id").asString();
                var message = read(id, callback(sample, sample.get("body").asString()));
                assertThat(message.raw()).as(id).isEqualTo(sample.get("plain").asString());
            }
        }
        System.out.printf(
                "conformance: %d 企业微信 documents read without loss, %d of them kept unreadable;"
                        + " %d values, %d in typed content, the rest of %s%n",
                documents.size(), unreadable.size(), values, typed, untyped);
        assertThat(documents).hasSizeGreaterThanOrEqualTo(Fixtures.least(66));
        assertThat(unreadable)
                .containsExactlyInAnyOrderElementsOf(
                        UNREADABLE.stream().filter(documents::contains).toList());
        assertThat(untyped).isSubsetOf(ENVELOPE);
        assertThat(typed * 100).isGreaterThanOrEqualTo(values * TYPED_AT_LEAST);
    }

    @Test
    void answersTheCheckOfAnAddressAsOthersDo() throws IOException {
        int checks = 0;
        for (var sample : Fixtures.entries("peer-encrypted/verify_url.json")) {
            if (sample.get("kind").asString().startsWith("work")) {
                var response = app.channel.handshake(callback(sample, "")).block(App.PATIENCE);

                assertThat(new String(Objects.requireNonNull(response).body(), UTF_8))
                        .isEqualTo(sample.get("expect_body").asString());
                checks++;
            }
        }
        System.out.printf("conformance: %d checks of a 企业微信 address answered alike%n", checks);
        assertThat(checks).isGreaterThanOrEqualTo(Fixtures.least(1));
    }

    private InboundMessage read(String name, Callback callback) {
        var reading = app.channel.read(callback).block(App.PATIENCE);
        app.channel.replaceAccounts(app.channel.fromSettings());

        assertThat(reading).as(name).isNotNull();
        assertThat(reading.inbound()).as(name).hasSize(1);
        var message = (InboundMessage) reading.inbound().getFirst();
        account(name, message);
        return message;
    }

    private void account(String name, InboundMessage message) {
        documents.add(name);
        if (message.content() instanceof Content.Unreadable) {
            unreadable.add(name);
        }
        var texts = new ArrayList<String>();
        collect(JsonMapper.shared().valueToTree(message), texts);
        texts.add(Long.toString(message.sentAt().getEpochSecond()));
        XmlFields.parse(message.raw())
                .forEachLeaf(
                        (path, value) -> {
                            if (value.isBlank()) {
                                return;
                            }
                            values++;
                            if (texts.stream().anyMatch(text -> matches(text, value.strip()))) {
                                typed++;
                            } else if (!MIXED.contains(name)) {
                                untyped.add(path);
                            }
                        });
    }

    private static boolean matches(String text, String value) {
        if (text.strip().equalsIgnoreCase(value)) {
            return true;
        }
        try {
            return Double.parseDouble(text) == Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isContainer()) {
            node.values().forEach(child -> collect(child, texts));
        } else {
            texts.add(node.asString(""));
        }
    }

    /** As it came, for an account of the sample's. */
    private Callback callback(JsonNode sample, String body) {
        use(sample);
        var query = new HashMap<String, String>();
        sample.get("query")
                .properties()
                .forEach(field -> query.put(field.getKey(), field.getValue().asString()));
        return App.callback(query, body);
    }

    /** For an account whose keys are published. What signed it is not, so that is ours. */
    private Callback signed(String xml) throws IOException {
        var fields = XmlFields.parse(xml);
        var keys = keys(fields.text("ToUserName"));
        use(keys);
        var signature =
                Signature.of(
                        keys.get("token").asString(), TIMESTAMP, NONCE, fields.text("Encrypt"));
        return App.callback(
                Map.of("msg_signature", signature, "timestamp", TIMESTAMP, "nonce", NONCE), xml);
    }

    private static JsonNode keys(String corpId) throws IOException {
        return JsonMapper.shared()
                .readTree(Fixtures.text("vectors/wechat_crypto_vectors.json"))
                .get("msg_crypt")
                .valueStream()
                .filter(vector -> vector.get("receive_id").asString().equals(corpId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no keys of " + corpId));
    }

    private void use(JsonNode keys) {
        var usual = app.channel.fromSettings().getFirst();
        app.channel.replaceAccounts(
                List.of(
                        new WecomAccount(
                                usual.name(),
                                keys.get("receive_id").asString(),
                                usual.secret(),
                                usual.agentId(),
                                keys.get("token").asString(),
                                keys.get("aes_key").asString(),
                                usual.apiBase(),
                                usual.timeout(),
                                usual.pace(),
                                usual.pollEvery(),
                                usual.taskLifetime())));
    }
}
