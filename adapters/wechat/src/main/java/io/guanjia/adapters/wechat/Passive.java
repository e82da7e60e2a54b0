package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.CallbackResponse;
import io.guanjia.gateway.channel.Reading.Answers;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Media;
import io.guanjia.weixin.protocol.MessageCrypt;
import io.guanjia.weixin.protocol.XmlWriter;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Passive replies (被动回复用户消息): what one callback can be answered in its own response, encrypted when
 * the callback was.
 *
 * @param openid whom to answer
 * @param original the account's own id (原始ID), {@code gh_…}
 * @param crypt encrypts the answer; null when the callback came plain
 * @param menus whether suggestions are better sent as a customer service message, which shows them
 *     as a menu to tap
 */
record Passive(
        String openid, String original, @Nullable MessageCrypt crypt, boolean menus, Clock clock)
        implements Answers {

    /** The kind of {@link Content.Native} that hands the customer to the platform's own desk. */
    static final String TRANSFER = "transfer_customer_service";

    /** Articles a reply to a customer's message may hold. */
    private static final int MAX_ARTICLES = 1;

    /** Whether some response could say this, as it is now. */
    static boolean canSay(Content content) {
        return new Passive("", "", null, false, Clock.systemUTC()).passively(content).isPresent();
    }

    @Override
    public CallbackResponse acknowledgement() {
        return CallbackResponse.text("success");
    }

    @Override
    public Optional<CallbackResponse> passively(Content content) {
        return switch (content) {
            case Content.Text text -> text(text.body());
            case Content.Image image ->
                    media("image", image.media(), id -> xml -> group(xml, "Image", id));
            case Content.Voice voice ->
                    media("voice", voice.media(), id -> xml -> group(xml, "Voice", id));
            case Content.Video video -> media("video", video.media(), id -> film(id, video));
            case Content.Link link -> reply("news", xml -> news(xml, List.of(fields(link))));
            case Content.Suggestions suggestions ->
                    menus ? Optional.empty() : text(numbered(suggestions));
            case Content.Native special -> special(special);
            case Content.File _,
                    Content.Location _,
                    Content.MiniProgram _,
                    Content.Choice _,
                    Content.Template _,
                    Content.Unreadable _,
                    Event _ ->
                    Optional.empty();
        };
    }

    @Override
    public Optional<CallbackResponse> asLastResort(Content content) {
        return new Passive(openid, original, crypt, false, clock).passively(content);
    }

    private Optional<CallbackResponse> text(String body) {
        if (body.getBytes(StandardCharsets.UTF_8).length > WechatAccount.MAX_TEXT_BYTES) {
            return Optional.empty();
        }
        return reply("text", xml -> xml.cdata("Content", body));
    }

    private Optional<CallbackResponse> media(
            String type, Media media, Function<String, Consumer<XmlWriter>> writer) {
        var id = media.platformId();
        return id == null ? Optional.empty() : reply(type, writer.apply(id));
    }

    private static void group(XmlWriter xml, String name, String mediaId) {
        xml.group(name, group -> group.cdata("MediaId", mediaId));
    }

    private static Consumer<XmlWriter> film(String id, Content.Video video) {
        return xml ->
                xml.group(
                        "Video",
                        group -> {
                            group.cdata("MediaId", id);
                            optional(group, "Title", video.title());
                            optional(group, "Description", video.description());
                        });
    }

    private Optional<CallbackResponse> special(Content.Native content) {
        return switch (content.kind()) {
            case "music" -> reply("music", xml -> music(xml, content.payload()));
            case "news" -> {
                var articles = articles(content.payload());
                yield articles.isEmpty() || articles.size() > MAX_ARTICLES
                        ? Optional.empty()
                        : reply("news", xml -> news(xml, articles));
            }
            case TRANSFER -> reply(TRANSFER, xml -> transfer(xml, content.payload()));
            default -> Optional.empty();
        };
    }

    private static void music(XmlWriter xml, Map<String, Object> fields) {
        xml.group(
                "Music",
                group -> {
                    optional(group, "Title", fields.get("title"));
                    optional(group, "Description", fields.get("description"));
                    optional(group, "MusicUrl", fields.get("musicurl"));
                    optional(group, "HQMusicUrl", fields.get("hqmusicurl"));
                    optional(group, "ThumbMediaId", fields.get("thumb_media_id"));
                });
    }

    private static void news(XmlWriter xml, List<? extends Map<?, ?>> articles) {
        xml.plain("ArticleCount", articles.size());
        xml.group(
                "Articles",
                list ->
                        articles.forEach(
                                article ->
                                        list.group(
                                                "item",
                                                item -> {
                                                    optional(item, "Title", article.get("title"));
                                                    optional(
                                                            item,
                                                            "Description",
                                                            article.get("description"));
                                                    optional(item, "PicUrl", article.get("picurl"));
                                                    optional(item, "Url", article.get("url"));
                                                })));
    }

    private static void transfer(XmlWriter xml, Map<String, Object> fields) {
        var account = fields.get("kf_account");
        if (account != null) {
            xml.group("TransInfo", group -> group.cdata("KfAccount", account.toString()));
        }
    }

    private static List<Map<?, ?>> articles(Map<String, Object> payload) {
        return payload.get("articles") instanceof List<?> list
                ? list.stream().<Map<?, ?>>mapMulti(Passive::ifMap).toList()
                : List.of();
    }

    private static void ifMap(Object article, Consumer<Map<?, ?>> sink) {
        if (article instanceof Map<?, ?> map) {
            sink.accept(map);
        }
    }

    private static Map<String, String> fields(Content.Link link) {
        return Map.of(
                "title",
                link.title(),
                "description",
                link.description() == null ? "" : link.description(),
                "picurl",
                link.picture() == null ? "" : link.picture(),
                "url",
                link.url());
    }

    private static void optional(XmlWriter xml, String name, @Nullable Object value) {
        if (value != null) {
            xml.cdata(name, value.toString());
        }
    }

    /** There is no passive menu, so the choices are numbered lines. */
    private static String numbered(Content.Suggestions suggestions) {
        var text = new StringBuilder(suggestions.text());
        int number = 1;
        for (var option : suggestions.options()) {
            text.append('\n').append(number++).append(". ").append(option.label());
        }
        if (suggestions.tail() != null) {
            text.append('\n').append(suggestions.tail());
        }
        return text.toString();
    }

    private Optional<CallbackResponse> reply(String type, Consumer<XmlWriter> body) {
        long now = clock.instant().getEpochSecond();
        var xml =
                new XmlWriter()
                        .cdata("ToUserName", openid)
                        .cdata("FromUserName", original)
                        .plain("CreateTime", now)
                        .cdata("MsgType", type);
        body.accept(xml);
        return Optional.of(CallbackResponse.xml(sealed(xml.toXml(), now)));
    }

    private String sealed(String xml, long now) {
        if (crypt == null) {
            return xml;
        }
        var nonce = Integer.toUnsignedString(ThreadLocalRandom.current().nextInt());
        return crypt.encrypt(xml, Long.toString(now), nonce).toReplyXml();
    }

    /** Leaves out the openid: this ends up in logs. */
    @Override
    public String toString() {
        return "Passive[encrypted=" + (crypt != null) + "]";
    }
}
