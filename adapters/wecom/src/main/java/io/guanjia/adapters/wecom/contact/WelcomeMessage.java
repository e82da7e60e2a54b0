package io.guanjia.adapters.wecom.contact;

import io.guanjia.adapters.wecom.CorpMedia;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the welcome of a new customer: words, or one attachment. Source: 企业微信开发者中心, 发送新客户欢迎语
 * (92599).
 */
final class WelcomeMessage {

    private final CorpMedia media;

    WelcomeMessage(CorpMedia media) {
        this.media = media;
    }

    Mono<ObjectNode> of(String code, Content content) {
        var request = JsonMapper.shared().createObjectNode().put("welcome_code", code);
        return switch (content) {
            case Content.Text text -> {
                request.putObject("text").put("content", text.body());
                yield Mono.just(request);
            }
            case Content.Image image -> file(request, "image", CorpMedia.Kind.IMAGE, image.media());
            case Content.Video video -> file(request, "video", CorpMedia.Kind.VIDEO, video.media());
            case Content.File file -> file(request, "file", CorpMedia.Kind.FILE, file.media());
            case Content.Link link -> {
                var card =
                        attachment(request, "link")
                                .put("title", link.title())
                                .put("url", link.url());
                if (link.description() != null) {
                    card.put("desc", link.description());
                }
                if (link.picture() != null) {
                    card.put("picurl", link.picture());
                }
                yield Mono.just(request);
            }
            case Content.MiniProgram card when card.thumbnail() != null ->
                    media.place(CorpMedia.Kind.IMAGE, card.thumbnail(), null, false)
                            .map(
                                    id -> {
                                        attachment(request, "miniprogram")
                                                .put("title", card.title())
                                                .put("appid", card.appid())
                                                .put("page", card.path())
                                                .put("pic_media_id", id);
                                        return request;
                                    });
            default -> Mono.error(new Refused("a welcome cannot say this"));
        };
    }

    private Mono<ObjectNode> file(
            ObjectNode request, String type, CorpMedia.Kind kind, Media file) {
        return media.place(kind, file, null, false)
                .map(
                        id -> {
                            attachment(request, type).put("media_id", id);
                            return request;
                        });
    }

    private static ObjectNode attachment(ObjectNode request, String type) {
        var attachment = request.putArray("attachments").addObject().put("msgtype", type);
        return attachment.putObject(type);
    }
}
