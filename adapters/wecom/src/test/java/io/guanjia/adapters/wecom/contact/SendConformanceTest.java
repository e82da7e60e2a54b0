package io.guanjia.adapters.wecom.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.guanjia.contract.Fixtures;
import io.guanjia.contract.SampleFiles;
import io.guanjia.gateway.channel.Channel.Accepted;
import io.guanjia.gateway.channel.OneTimeCodes.Code;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Author;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.OutboundMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Says what the tests of other projects say, in the same form, and understands the answers that
 * they have from the platform, where the property {@code guanjia.fixtures} names them.
 */
class SendConformanceTest {

    private static final List<String> MESSAGES =
            List.of("wxjava/WxCpMessageTest", "go-workwx/models_test/03_TestReqMessage__text.json");

    private static final String TOKEN = "/cgi-bin/gettoken";

    private final App app = new App();

    @AfterEach
    void end() {
        app.close();
    }

    /**
     * Alike is what is said and to whom. What stands beside it, such as {@code safe} and {@code
     * duplicate_check_interval}, we leave to the platform's defaults.
     */
    @Test
    void writesMessagesToMembersAsOthersDo() throws IOException {
        int messages = 0;
        for (var set : MESSAGES) {
            for (var file : Fixtures.files(set)) {
                var expected = Fixtures.json(file);
                var type = expected.get("msgtype").asString();
                var party = expected.path("touser").asString(App.MEMBER);

                deliver(party, content(type, expected.get(type)));

                var sent = app.platform.requests(App.SEND).getLast().json();
                assertThat(sent.get("touser").asString()).as(file.toString()).isEqualTo(party);
                assertThat(sent.get("msgtype").asString()).as(file.toString()).isEqualTo(type);
                assertThat(sent.get(type))
                        .as(file.toString())
                        .isEqualTo(documented(type, expected.get(type)));
                messages++;
            }
        }
        System.out.printf("conformance: %d 企业微信 messages to members written alike%n", messages);
        assertThat(messages).isGreaterThanOrEqualTo(Fixtures.least(15));
    }

    /** 发送应用消息 (90236) knows no still picture of a film. */
    private static JsonNode documented(String type, JsonNode said) {
        var fields = (ObjectNode) said.deepCopy();
        if (type.equals("video")) {
            fields.remove("thumb_media_id");
        }
        return fields;
    }

    private static Content content(String type, JsonNode said) {
        return switch (type) {
            case "text" -> new Content.Text(said.get("content").asString());
            case "image" -> new Content.Image(media(said));
            case "voice" -> new Content.Voice(media(said), null, null);
            case "video" ->
                    new Content.Video(
                            media(said),
                            null,
                            said.get("title").asString(),
                            said.get("description").asString());
            default -> new Content.Native(type, fields(said));
        };
    }

    private static Media media(JsonNode said) {
        return Media.onPlatform(said.get("media_id").asString(), null);
    }

    private static Map<String, Object> fields(JsonNode said) {
        var fields = new LinkedHashMap<String, Object>();
        for (var field : said.properties()) {
            fields.put(
                    field.getKey(),
                    Objects.requireNonNull(
                            JsonMapper.shared().treeToValue(field.getValue(), Object.class)));
        }
        return fields;
    }

    /** A token, a file and a welcome, as the platform answered wechatpy. */
    @Test
    void understandsTheAnswersToAWelcome() throws IOException {
        if (!Fixtures.present()) {
            return;
        }
        app.platform.answer(TOKEN, Fixtures.text("wechatpy/fixtures/work/gettoken.json"));
        app.platform.answer(App.UPLOAD, Fixtures.text("wechatpy/fixtures/work/media_upload.json"));
        app.platform.answer(
                App.WELCOME,
                Fixtures.text("wechatpy/fixtures/work/externalcontact_send_welcome_msg.json"));
        app.codes.kept.put(
                "wecom/demo/" + App.CUSTOMER, new Code("WELCOME", App.NOW.plusSeconds(20)));

        deliver(App.CUSTOMER, new Content.Image(SampleFiles.IMAGE));

        var welcome = app.platform.requests(App.WELCOME).getFirst();
        assertThat(welcome.query()).contains("access_token=1234567890");
        assertThat(welcome.json().at("/attachments/0/image/media_id").asString())
                .isEqualTo("12345678");
        System.out.println("conformance: 3 企业微信 answers to a welcome understood");
    }

    /** WxJava's stand-in for the platform. It has 互联企业 (linkedcorp) too, which we do not call. */
    @Test
    void understandsTheAnswersOfAnothersStandIn() throws IOException {
        var answered = new HashSet<String>();
        for (var answer : Fixtures.entries("wxjava/moco_cp_message.json")) {
            var path = answer.at("/request/uri").asString();
            if (!path.contains("/linkedcorp/")) {
                app.platform.answer(path, answer.at("/response/text").asString());
                answered.add(path);
            }
        }
        if (Fixtures.present()) {
            assertThat(answered).containsExactlyInAnyOrder(TOKEN, App.SEND);
        }

        var accepted = deliver(App.MEMBER, new Content.Text("有新客户"));

        assertThat(accepted.platformId()).isEqualTo(answered.isEmpty() ? "MSG-1" : "");
        System.out.printf(
                "conformance: %d 企业微信 answers of a stand-in understood%n", answered.size());
    }

    private Accepted deliver(String party, Content content) {
        return Objects.requireNonNull(
                app.channel
                        .deliver(
                                new OutboundMessage(
                                        UUID.randomUUID().toString(),
                                        new Address("wecom", "demo", party),
                                        Author.BOT,
                                        content))
                        .block(App.PATIENCE));
    }
}
