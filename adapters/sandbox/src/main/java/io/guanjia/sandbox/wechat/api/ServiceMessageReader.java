package io.guanjia.sandbox.wechat.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.http.Json;
import io.guanjia.sandbox.wechat.Product;
import io.guanjia.sandbox.wechat.WechatAccount;
import io.guanjia.sandbox.wechat.WechatError;
import io.guanjia.sandbox.wechat.message.Bubble;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;

/** Reads and checks a customer-service message. Source: 微信开放文档, 发送客服消息. */
final class ServiceMessageReader {

    private final WechatAccount account;

    ServiceMessageReader(WechatAccount account) {
        this.account = account;
    }

    /** Either what the customer is to see or why not. */
    sealed interface Read {
        record Message(Bubble bubble) implements Read {}

        record Wrong(WechatError error) implements Read {}
    }

    Read read(ObjectNode message) {
        var type = Json.text(message, "msgtype");
        var content = message.path(type);
        if (!account.product().sends(type)) {
            return new Read.Wrong(WechatError.INVALID_MESSAGE_TYPE);
        }
        return switch (type) {
            case "text" -> text(Json.text(content, "content"));
            case "image" -> media(content, new Bubble.Image(Json.text(content, "media_id")));
            case "voice" -> media(content, new Bubble.Voice(Json.text(content, "media_id"), null));
            case "video" -> video(content);
            case "music" -> music(content);
            case "news" -> news(content);
            case "mpnews" -> reference("mpnews", Json.text(content, "media_id"));
            case "mpnewsarticle" -> reference("article", Json.text(content, "article_id"));
            case "wxcard" -> reference("card", Json.text(content, "card_id"));
            case "msgmenu" -> menu(content);
            case "miniprogrampage" -> miniProgram(content);
            case "link" -> link(content);
            default -> new Read.Wrong(WechatError.INVALID_MESSAGE_TYPE);
        };
    }

    private Read text(String content) {
        if (content.isEmpty()) {
            return new Read.Wrong(WechatError.EMPTY_CONTENT);
        }
        if (content.getBytes(UTF_8).length > account.settings().limits().textBytes()) {
            return new Read.Wrong(WechatError.CONTENT_TOO_LONG);
        }
        return new Read.Message(new Bubble.Text(content));
    }

    private Read media(JsonNode content, Bubble bubble) {
        return account.media().has(Json.text(content, "media_id"))
                ? new Read.Message(bubble)
                : new Read.Wrong(WechatError.INVALID_MEDIA_ID);
    }

    private Read video(JsonNode content) {
        if (!account.media().has(Json.text(content, "thumb_media_id"))) {
            return new Read.Wrong(WechatError.INVALID_MEDIA_ID);
        }
        return media(
                content,
                new Bubble.Video(
                        Json.text(content, "media_id"),
                        Json.text(content, "title"),
                        Json.text(content, "description")));
    }

    private Read music(JsonNode content) {
        if (!account.media().has(Json.text(content, "thumb_media_id"))) {
            return new Read.Wrong(WechatError.INVALID_MEDIA_ID);
        }
        return new Read.Message(
                new Bubble.Music(
                        Json.text(content, "title"),
                        Json.text(content, "description"),
                        Json.text(content, "musicurl")));
    }

    private static Read news(JsonNode content) {
        var articles = new ArrayList<Bubble.News.Article>();
        for (var article : content.path("articles")) {
            articles.add(
                    new Bubble.News.Article(
                            Json.text(article, "title"),
                            Json.text(article, "description"),
                            Json.text(article, "url"),
                            Json.text(article, "picurl")));
        }
        if (articles.isEmpty()) {
            return new Read.Wrong(WechatError.EMPTY_NEWS);
        }
        return articles.size() > 1
                ? new Read.Wrong(WechatError.TOO_MANY_ARTICLES)
                : new Read.Message(new Bubble.News(articles));
    }

    private static Read reference(String kind, String id) {
        return id.isEmpty()
                ? new Read.Wrong(WechatError.INVALID_MEDIA_ID)
                : new Read.Message(new Bubble.Reference(kind, id));
    }

    private static Read menu(JsonNode content) {
        var choices = new ArrayList<Bubble.Menu.Choice>();
        for (var choice : content.path("list")) {
            var words = Json.text(choice, "content");
            if (words.isEmpty()) {
                return new Read.Wrong(WechatError.EMPTY_CONTENT);
            }
            choices.add(new Bubble.Menu.Choice(Json.text(choice, "id"), words));
        }
        if (choices.isEmpty()) {
            return new Read.Wrong(WechatError.EMPTY_CONTENT);
        }
        return new Read.Message(
                new Bubble.Menu(
                        Json.text(content, "head_content"),
                        choices,
                        Json.text(content, "tail_content")));
    }

    private Read miniProgram(JsonNode content) {
        // A mini program's cards open the mini program itself.
        var appId =
                account.product() == Product.MINI_PROGRAM
                        ? account.settings().appId()
                        : Json.text(content, "appid");
        if (!appId.matches("wx[0-9a-zA-Z]{16}")) {
            return new Read.Wrong(WechatError.INVALID_APPID);
        }
        var thumb = Json.text(content, "thumb_media_id");
        if (!account.media().has(thumb)) {
            return new Read.Wrong(WechatError.INVALID_MEDIA_ID);
        }
        if (Json.text(content, "title").isEmpty() || Json.text(content, "pagepath").isEmpty()) {
            return new Read.Wrong(WechatError.EMPTY_CONTENT);
        }
        return new Read.Message(
                new Bubble.MiniProgram(
                        Json.text(content, "title"), appId, Json.text(content, "pagepath"), thumb));
    }

    private static Read link(JsonNode content) {
        if (Json.text(content, "title").isEmpty() || Json.text(content, "url").isEmpty()) {
            return new Read.Wrong(WechatError.EMPTY_CONTENT);
        }
        return new Read.Message(
                new Bubble.Link(
                        Json.text(content, "title"),
                        Json.text(content, "description"),
                        Json.text(content, "url"),
                        Json.text(content, "thumb_url")));
    }
}
