package io.guanjia.adapters.wecom.contact;

import io.guanjia.adapters.wecom.CorpMedia;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Media;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what an application says to a member, after its files have been brought to the platform.
 * Source: 企业微信开发者中心, 发送应用消息 (90236).
 */
final class AppMessage {

    private final CorpMedia media;

    AppMessage(CorpMedia media) {
        this.media = media;
    }

    /** A message but for whom it goes to: its {@code msgtype}, and that type's fields. */
    record Said(String type, ObjectNode fields) {}

    Mono<Said> of(Content content, boolean afresh) {
        return switch (content) {
            case Content.Text text -> said("text", object().put("content", text.body()));
            case Content.Image image -> file("image", CorpMedia.Kind.IMAGE, image.media(), afresh);
            case Content.Voice voice -> file("voice", CorpMedia.Kind.VOICE, voice.media(), afresh);
            case Content.Video video ->
                    file("video", CorpMedia.Kind.VIDEO, video.media(), afresh)
                            .map(said -> titled(said, video));
            case Content.File file ->
                    media.place(CorpMedia.Kind.FILE, file.media(), file.name(), afresh)
                            .map(id -> new Said("file", object().put("media_id", id)));
            case Content.Link link -> said("news", news(link));
            case Content.MiniProgram card -> said("news", news(card));
            case Content.Native special ->
                    said(special.kind(), JsonMapper.shared().valueToTree(special.payload()));
            case Content.Location _, Content.Suggestions _, Content.Template _ ->
                    refused("an application has no such message");
            case Content.Choice _, Content.Unreadable _, Event _ ->
                    refused("only a customer can say this");
        };
    }

    private static Mono<Said> said(String type, ObjectNode fields) {
        return Mono.just(new Said(type, fields));
    }

    private static Mono<Said> refused(String reason) {
        return Mono.error(new Refused(reason));
    }

    private Mono<Said> file(String type, CorpMedia.Kind kind, Media file, boolean afresh) {
        return media.place(kind, file, null, afresh)
                .map(id -> new Said(type, object().put("media_id", id)));
    }

    private static Said titled(Said said, Content.Video video) {
        var fields = said.fields().deepCopy();
        if (video.title() != null) {
            fields.put("title", video.title());
        }
        if (video.description() != null) {
            fields.put("description", video.description());
        }
        return new Said(said.type(), fields);
    }

    private static ObjectNode news(Content.Link link) {
        var news = object();
        var article =
                news.putArray("articles")
                        .addObject()
                        .put("title", link.title())
                        .put("url", link.url());
        if (link.description() != null) {
            article.put("description", link.description());
        }
        if (link.picture() != null) {
            article.put("picurl", link.picture());
        }
        return news;
    }

    /** An article may lead to a mini program. */
    private static ObjectNode news(Content.MiniProgram card) {
        var news = object();
        news.putArray("articles")
                .addObject()
                .put("title", card.title())
                .put("appid", card.appid())
                .put("pagepath", card.path());
        return news;
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
