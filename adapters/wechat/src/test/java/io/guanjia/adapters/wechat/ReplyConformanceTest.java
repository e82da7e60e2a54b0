package io.guanjia.adapters.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.contract.Fixtures;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;
import io.guanjia.weixin.protocol.XmlFields;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Says what WxJava's tests say, in the same form, where the property {@code guanjia.fixtures} names
 * them: by 客服消息, by 模板消息 and in the response to a callback.
 */
class ReplyConformanceTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<String> PASSIVE =
            List.of(
                    "wxjava/WxMpXmlOutMusicMessageTest",
                    "wxjava/WxMpXmlOutTransferKefuMessageTest",
                    "wxjava/WxCryptUtilTest/02_top__video.xml");

    // --- 客服消息 ------------------------------------------------------------------------------------

    @Test
    void writesCustomerServiceMessagesAsOthersDo() throws IOException {
        var writer = new CustomerServiceMessage(JSON, null);
        int messages = 0;
        for (var file : Fixtures.files("wxjava/WxMpKefuMessageTest")) {
            var expected = Fixtures.json(file);
            var openid = expected.get("touser").asString();
            var type = expected.get("msgtype").asString();
            var said = expected.get(type);

            assertThat(JSON.readTree(writer.write(openid, content(type, said))))
                    .as(file.toString())
                    .isEqualTo(expected);
            for (var article : said.path("articles")) {
                var alone = JSON.readTree(writer.write(openid, link(article)));
                assertThat(alone.at("/news/articles/0")).as(file.toString()).isEqualTo(article);
            }
            messages++;
        }
        System.out.printf(
                "conformance: %d official account service messages written alike%n", messages);
        assertThat(messages).isGreaterThanOrEqualTo(Fixtures.least(7));
    }

    private static Content content(String type, JsonNode said) {
        return switch (type) {
            case "voice" -> new Content.Voice(media(said, "media_id"), null, null);
            case "video" ->
                    new Content.Video(
                            media(said, "media_id"),
                            media(said, "thumb_media_id"),
                            said.get("title").asString(),
                            said.get("description").asString());
            case "miniprogrampage" ->
                    new Content.MiniProgram(
                            said.get("title").asString(),
                            said.get("appid").asString(),
                            said.get("pagepath").asString(),
                            media(said, "thumb_media_id"));
            case "msgmenu" ->
                    new Content.Suggestions(
                            said.get("head_content").asString(),
                            said.get("list")
                                    .valueStream()
                                    .map(
                                            option ->
                                                    new Content.Option(
                                                            option.get("id").asString(),
                                                            option.get("content").asString()))
                                    .toList(),
                            said.get("tail_content").asString());
            default -> new Content.Native(type, fields(said));
        };
    }

    private static Content link(JsonNode article) {
        return new Content.Link(
                article.get("title").asString(),
                article.get("description").asString(),
                article.get("url").asString(),
                article.get("picurl").asString());
    }

    private static Media media(JsonNode said, String field) {
        return Media.onPlatform(said.get(field).asString(), null);
    }

    private static Map<String, Object> fields(JsonNode said) {
        var fields = new LinkedHashMap<String, Object>();
        for (var field : said.properties()) {
            fields.put(
                    field.getKey(),
                    Objects.requireNonNull(JSON.treeToValue(field.getValue(), Object.class)));
        }
        return fields;
    }

    // --- 模板消息 ------------------------------------------------------------------------------------

    @Test
    void writesTemplateMessagesAsOthersDo() throws IOException {
        int messages = 0;
        for (var file : Fixtures.files("wxjava/WxMpTemplateMessageTest")) {
            var expected = (ObjectNode) Fixtures.json(file);
            // We leave the colours to the platform, and have the present name of a page.
            var data = new HashMap<String, String>();
            expected.get("data")
                    .properties()
                    .forEach(
                            field -> {
                                ((ObjectNode) field.getValue()).remove("color");
                                data.put(field.getKey(), field.getValue().get("value").asString());
                            });
            var target = (ObjectNode) expected.get("miniprogram");
            target.set("pagepath", target.remove("path"));

            var written =
                    TemplateMessage.notification(
                            expected.get("touser").asString(),
                            expected.get("client_msg_id").asString(),
                            new Content.Template(
                                    Content.Template.Kind.NOTIFICATION,
                                    expected.get("template_id").asString(),
                                    expected.get("url").asString(),
                                    new Content.Template.MiniProgramTarget(
                                            target.get("appid").asString(),
                                            target.get("pagepath").asString()),
                                    data));

            assertThat(JSON.readTree(written)).as(file.toString()).isEqualTo(expected);
            messages++;
        }
        System.out.printf(
                "conformance: %d official account template messages written alike%n", messages);
        assertThat(messages).isGreaterThanOrEqualTo(Fixtures.least(1));
    }

    // --- Passive replies -------------------------------------------------------------------------

    @Test
    void writesPassiveRepliesAsOthersDo() throws IOException {
        int replies = 0;
        for (var set : PASSIVE) {
            for (var file : Fixtures.files(set)) {
                var expected = XmlFields.parse(Files.readString(file));

                var written = reply(expected, content(expected)).orElseThrow();

                assertThat(written.canonical()).as(file.toString()).isEqualTo(expected.canonical());
                replies++;
            }
        }
        System.out.printf("conformance: %d passive replies written alike%n", replies);
        assertThat(replies).isGreaterThanOrEqualTo(Fixtures.least(4));
    }

    /** A customer's message can be answered with one article only; others go by 客服消息. */
    @Test
    void writesEachArticleAsOthersDoAndNotSeveralAtOnce() throws IOException {
        int articles = 0;
        for (var file : Fixtures.files("wxjava/WxMpXmlOutNewsMessageTest")) {
            var expected = XmlFields.parse(Files.readString(file));
            var items = expected.findGroup("Articles").orElseThrow().all("item");
            var all = items.stream().map(ReplyConformanceTest::article).toList();

            assertThat(reply(expected, new Content.Native("news", Map.of("articles", all))))
                    .isEmpty();
            for (var item : items) {
                var written = reply(expected, link(JSON.valueToTree(article(item)))).orElseThrow();

                assertThat(written.text("ArticleCount")).isEqualTo("1");
                assertThat(
                                written.findGroup("Articles")
                                        .orElseThrow()
                                        .all("item")
                                        .getFirst()
                                        .canonical())
                        .isEqualTo(item.canonical());
                articles++;
            }
        }
        System.out.printf("conformance: %d articles of passive replies written alike%n", articles);
        assertThat(articles).isGreaterThanOrEqualTo(Fixtures.least(2));
    }

    private static Map<String, String> article(XmlFields item) {
        return Map.of(
                "title", item.text("Title"),
                "description", item.text("Description"),
                "picurl", item.text("PicUrl"),
                "url", item.text("Url"));
    }

    private static Content content(XmlFields reply) {
        return switch (reply.text("MsgType")) {
            case "music" -> {
                var music = reply.findGroup("Music").orElseThrow();
                yield new Content.Native(
                        "music",
                        Map.of(
                                "title", music.text("Title"),
                                "description", music.text("Description"),
                                "thumb_media_id", music.text("ThumbMediaId"),
                                "musicurl", music.text("MusicUrl"),
                                "hqmusicurl", music.text("HQMusicUrl")));
            }
            case "video" -> {
                var video = reply.findGroup("Video").orElseThrow();
                yield new Content.Video(
                        Media.onPlatform(video.text("MediaId"), null),
                        null,
                        video.text("Title"),
                        video.text("Description"));
            }
            case Passive.TRANSFER ->
                    new Content.Native(
                            Passive.TRANSFER,
                            reply.findGroup("TransInfo")
                                    .<Map<String, Object>>map(
                                            to -> Map.of("kf_account", to.text("KfAccount")))
                                    .orElseGet(Map::of));
            default -> throw new AssertionError("a new type of reply: " + reply.text("MsgType"));
        };
    }

    /** At the time that the other has it. */
    private static Optional<XmlFields> reply(XmlFields other, Content content) {
        var time = Instant.ofEpochSecond(Long.parseLong(other.text("CreateTime")));
        return new Passive(
                        other.text("ToUserName"),
                        other.text("FromUserName"),
                        null,
                        true,
                        Clock.fixed(time, ZoneOffset.UTC))
                .passively(content)
                .map(response -> XmlFields.parse(new String(response.body(), UTF_8)));
    }
}
