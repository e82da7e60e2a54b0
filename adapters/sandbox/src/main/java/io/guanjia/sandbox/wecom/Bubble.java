package io.guanjia.sandbox.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.phone.PhoneLine;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that is said, as phones show it. Source: 企业微信开发者中心, 发送应用消息 (90236), 发送新客户欢迎语 (92599),
 * 创建企业群发 (92135).
 */
record Bubble(String kind, String text, @Nullable String url) {

    private static final int MAX_ATTACHMENTS = 9;
    private static final int MAX_WORDS = 4000;
    private static final int MAX_APP_WORDS = 2048;
    private static final int MAX_ARTICLES = 8;

    PhoneLine line(Instant at, String note) {
        return new PhoneLine(at, false, kind, text, url, List.of(), note);
    }

    /** Words and up to nine attachments, of which there must be something. */
    static List<Bubble> withAttachments(JsonNode said, WecomAccount account) {
        var bubbles = new ArrayList<Bubble>();
        var words = Json.text(said.path("text"), "content");
        if (!words.isBlank()) {
            bubbles.add(new Bubble("text", limited(words, MAX_WORDS), null));
        }
        var attachments = said.path("attachments");
        if (attachments.size() > MAX_ATTACHMENTS) {
            throw new CorpRefusal(CorpError.TOO_MANY_ATTACHMENTS);
        }
        for (var one : attachments) {
            var type = Json.text(one, "msgtype");
            bubbles.add(attachment(type, one.path(type), account));
        }
        if (bubbles.isEmpty()) {
            throw new CorpRefusal(CorpError.EMPTY_CONTENT);
        }
        return bubbles;
    }

    private static Bubble attachment(String type, JsonNode said, WecomAccount account) {
        return switch (type) {
            case "image" ->
                    Json.text(said, "media_id").isEmpty()
                            ? new Bubble("image", "", required(said, "pic_url"))
                            : file("image", said, account);
            case "video", "file" -> file(type, said, account);
            case "link" -> new Bubble("card", required(said, "title"), required(said, "url"));
            case "miniprogram" -> {
                account.media().require(Json.text(said, "pic_media_id"));
                required(said, "appid");
                required(said, "page");
                yield new Bubble("card", "小程序：" + required(said, "title"), null);
            }
            default -> throw new CorpRefusal(CorpError.INVALID_ATTACHMENT);
        };
    }

    /** What an application says to a member. */
    static Bubble ofApplication(JsonNode request, WecomAccount account) {
        var type = Json.text(request, "msgtype");
        var said = request.path(type);
        return switch (type) {
            case "text", "markdown" -> {
                var words = said.path("content").asString("");
                if (words.isBlank()) {
                    throw new CorpRefusal(CorpError.EMPTY_CONTENT);
                }
                yield new Bubble("text", limited(words, MAX_APP_WORDS), null);
            }
            case "image", "voice", "video", "file" -> file(type, said, account);
            case "textcard" -> {
                required(said, "description");
                yield new Bubble("card", required(said, "title"), required(said, "url"));
            }
            case "news" -> article(said.path("articles"));
            case "mpnews" ->
                    new Bubble("card", required(said.path("articles").path(0), "title"), null);
            case "miniprogram_notice" -> {
                required(said, "appid");
                yield new Bubble("card", "小程序：" + required(said, "title"), null);
            }
            case "template_card" -> {
                required(said, "card_type");
                yield new Bubble("card", Json.text(said.path("main_title"), "title"), null);
            }
            default -> throw new CorpRefusal(CorpError.INVALID_MSGTYPE);
        };
    }

    /** An article leads to an address or to a mini program. */
    private static Bubble article(JsonNode articles) {
        if (articles.isEmpty() || articles.size() > MAX_ARTICLES) {
            throw new CorpRefusal(CorpError.INVALID_ARGUMENT);
        }
        var first = articles.path(0);
        var title = required(first, "title");
        if (Json.text(first, "appid").isEmpty()) {
            return new Bubble("card", title, required(first, "url"));
        }
        return new Bubble("card", "小程序：" + title, null);
    }

    private static Bubble file(String type, JsonNode said, WecomAccount account) {
        var file = account.media().require(Json.text(said, "media_id"));
        if (!file.type().equals(type)) {
            throw new CorpRefusal(CorpError.INVALID_MEDIA_ID);
        }
        return new Bubble(type, type.equals("file") ? file.name() : "", account.fileAddress(file));
    }

    private static String limited(String text, int most) {
        if (text.getBytes(UTF_8).length > most) {
            throw new CorpRefusal(CorpError.CONTENT_TOO_LONG);
        }
        return text;
    }

    private static String required(JsonNode said, String field) {
        var text = Json.text(said, field);
        if (text.isEmpty()) {
            throw new CorpRefusal(CorpError.INVALID_ARGUMENT);
        }
        return text;
    }
}
