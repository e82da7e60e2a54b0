package io.guanjia.sandbox.wechat.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.sandbox.wechat.message.Bubble;
import io.guanjia.weixin.protocol.XmlFields;

import java.util.List;
import java.util.function.Predicate;

/**
 * Reads a passive reply. Source: 微信开放文档, 被动回复用户消息; the limit of 2048 bytes was measured by
 * MamaShip/Observer (issue 77).
 */
final class AnswerReader {

    private static final int TEXT_BYTES = 2048;
    private static final String HAND_OVER = "transfer_customer_service";

    private final Predicate<String> mediaExists;

    AnswerReader(Predicate<String> mediaExists) {
        this.mediaExists = mediaExists;
    }

    Answer read(String body, Endpoint endpoint, Callback callback) {
        var text = body.strip();
        if (text.isEmpty() || text.equals("success")) {
            return new Answer.Silence();
        }
        return endpoint.open(text)
                .map(fields -> read(fields, endpoint, callback))
                .orElseGet(() -> new Answer.Unacceptable("not XML of the mode agreed on"));
    }

    private Answer read(XmlFields fields, Endpoint endpoint, Callback callback) {
        if (!fields.text("ToUserName").equals(callback.openId())) {
            return new Answer.Unacceptable("ToUserName is not the customer");
        }
        if (!fields.text("FromUserName").equals(endpoint.originalId())) {
            return new Answer.Unacceptable("FromUserName is not the account");
        }
        // Some servers give milliseconds, and the platform does not mind.
        if (!fields.text("CreateTime").matches("\\d{1,19}")) {
            return new Answer.Unacceptable("CreateTime is not a number");
        }
        var type = fields.text("MsgType");
        if (callback.articles() == Callback.NOTHING && !type.equals(HAND_OVER)) {
            return new Answer.Unacceptable("a response can say nothing to the customer here");
        }
        return switch (type) {
            case "text" -> text(fields.text("Content"));
            case "image" -> image(fields);
            case "voice" -> voice(fields);
            case "video" -> video(fields);
            case "music" -> music(fields);
            case "news" -> news(fields, callback.articles());
            case HAND_OVER -> new Answer.HandOver(group(fields, "TransInfo").text("KfAccount"));
            default -> new Answer.Unacceptable("unknown MsgType");
        };
    }

    private static Answer text(String content) {
        if (content.isEmpty()) {
            return new Answer.Unacceptable("Content is missing");
        }
        if (content.getBytes(UTF_8).length > TEXT_BYTES) {
            return new Answer.Unacceptable("Content is longer than 2048 bytes");
        }
        return new Answer.Reply(new Bubble.Text(content));
    }

    private Answer image(XmlFields fields) {
        var id = group(fields, "Image").text("MediaId");
        return shown(id, new Bubble.Image(id));
    }

    private Answer voice(XmlFields fields) {
        var id = group(fields, "Voice").text("MediaId");
        return shown(id, new Bubble.Voice(id, null));
    }

    private Answer video(XmlFields fields) {
        var video = group(fields, "Video");
        var id = video.text("MediaId");
        return shown(id, new Bubble.Video(id, video.text("Title"), video.text("Description")));
    }

    private Answer shown(String mediaId, Bubble bubble) {
        return mediaExists.test(mediaId)
                ? new Answer.Reply(bubble)
                : new Answer.Unacceptable("MediaId is missing, unknown or expired");
    }

    private Answer music(XmlFields fields) {
        var music = group(fields, "Music");
        if (!mediaExists.test(music.text("ThumbMediaId"))) {
            return new Answer.Unacceptable("ThumbMediaId is missing, unknown or expired");
        }
        return new Answer.Reply(
                new Bubble.Music(
                        music.text("Title"), music.text("Description"), music.text("MusicUrl")));
    }

    private static Answer news(XmlFields fields, int most) {
        var articles =
                group(fields, "Articles").all("item").stream()
                        .limit(most)
                        .map(
                                item ->
                                        new Bubble.News.Article(
                                                item.text("Title"),
                                                item.text("Description"),
                                                item.text("Url"),
                                                item.text("PicUrl")))
                        .toList();
        if (articles.isEmpty() || !fields.text("ArticleCount").matches("[1-9]")) {
            return new Answer.Unacceptable("Articles or ArticleCount is missing");
        }
        return new Answer.Reply(new Bubble.News(articles));
    }

    private static XmlFields group(XmlFields fields, String name) {
        return fields.findGroup(name).orElseGet(() -> new XmlFields(name, "", List.of()));
    }
}
