package io.guanjia.adapters.weibo;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what goes out in the platform's words, which are the same in a response and by the API.
 * Source: 微博开放平台, 发送被动响应消息 and 发送客服消息.
 */
final class ReplyWriter {

    /** The kind of {@link Content.Native} that holds several cards at once. */
    static final String ARTICLES = "articles";

    private static final int MOST_ARTICLES = 8;

    private final @Nullable URI articleImage;
    private final JsonMapper json;

    ReplyWriter(@Nullable URI articleImage, JsonMapper json) {
        this.articleImage = articleImage;
        this.json = json;
    }

    /**
     * A reply.
     *
     * @param type {@code text}, {@code articles} or {@code position}
     * @param data the JSON that belongs to it
     */
    record Reply(String type, String data) {

        /** As it stands in a form or inside another JSON: 做URLEncode后的字符串格式，采用UTF-8编码. */
        String encoded() {
            return ReplyWriter.encoded(data);
        }

        /** Leaves out what is said: this ends up in logs. */
        @Override
        public String toString() {
            return "Reply[" + type + "]";
        }
    }

    /** A space is {@code %20}, which decoders of forms and of addresses both understand. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Empty for what the platform has no words for, and for text that is too long. */
    Optional<Reply> write(Content content) {
        return switch (content) {
            case Content.Text text -> text(text.body());
            case Content.Link link -> Optional.of(card(link));
            case Content.Location place -> position(place);
            case Content.Native special -> special(special);
            case Content.Image _,
                    Content.Voice _,
                    Content.Video _,
                    Content.File _,
                    Content.MiniProgram _,
                    Content.Suggestions _,
                    Content.Choice _,
                    Content.Template _,
                    Content.Unreadable _,
                    Event _ ->
                    Optional.empty();
        };
    }

    private Optional<Reply> text(String body) {
        return WeiboAccount.TEXT.fits(body)
                ? Optional.of(reply("text", json.createObjectNode().put("text", body)))
                : Optional.empty();
    }

    private Reply card(Content.Link link) {
        var data = json.createObjectNode();
        data.putArray(ARTICLES)
                .addObject()
                .put("display_name", link.title())
                .put("summary", link.description() == null ? "" : link.description())
                .put("image", picture(link))
                .put("url", link.url());
        return reply(ARTICLES, data);
    }

    private String picture(Content.Link link) {
        if (link.picture() != null) {
            return link.picture();
        }
        return articleImage == null ? "" : articleImage.toString();
    }

    /** A position has no room for the place's name, which is then said in words. */
    private Optional<Reply> position(Content.Location place) {
        var name = place.label();
        return name != null && !name.isBlank()
                ? Optional.empty()
                : Optional.of(
                        reply(
                                "position",
                                json.createObjectNode()
                                        .put("longitude", degrees(place.longitude()))
                                        .put("latitude", degrees(place.latitude()))));
    }

    /** Never in scientific notation. */
    private static String degrees(double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }

    private Optional<Reply> special(Content.Native content) {
        return content.kind().equals(ARTICLES)
                        && content.payload().get(ARTICLES) instanceof List<?> cards
                        && !cards.isEmpty()
                        && cards.size() <= MOST_ARTICLES
                        && cards.stream().allMatch(ReplyWriter::isCard)
                ? Optional.of(new Reply(ARTICLES, json.writeValueAsString(Map.of(ARTICLES, cards))))
                : Optional.empty();
    }

    private static boolean isCard(@Nullable Object card) {
        return card instanceof Map<?, ?> fields
                && fields.get("display_name") instanceof String
                && fields.get("url") instanceof String;
    }

    private static Reply reply(String type, ObjectNode data) {
        return new Reply(type, data.toString());
    }
}
