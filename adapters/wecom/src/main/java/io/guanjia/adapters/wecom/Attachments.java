package io.guanjia.adapters.wecom;

import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Media;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/**
 * Writes what members say to customers at our wish: words and up to nine attachments. Source:
 * 企业微信开发者中心, 发送新客户欢迎语 (92599), 创建企业群发 (92135).
 */
public final class Attachments {

    /** The platform takes no more besides the words. */
    public static final int MOST = 9;

    private final CorpMedia media;

    public Attachments(CorpMedia media) {
        this.media = media;
    }

    /** Fails with {@link Refused} for what cannot be said so. Brings no file anywhere. */
    public static void require(List<Content> said) {
        var attached = said.stream().filter(one -> !(one instanceof Content.Text)).toList();
        if (attached.size() > MOST) {
            throw new Refused("more than nine attachments");
        }
        if (!attached.stream().allMatch(Attachments::isOne)) {
            throw new Refused("neither a welcome nor a send task can carry this");
        }
    }

    private static boolean isOne(Content content) {
        return switch (content) {
            case Content.Image _, Content.Video _, Content.File _, Content.Link _ -> true;
            case Content.MiniProgram card -> card.thumbnail() != null;
            default -> false;
        };
    }

    /**
     * Adds {@code text} and {@code attachments} to a request, files having been brought to the
     * platform. Fails with {@link Refused} for what cannot be said so.
     */
    public Mono<ObjectNode> write(ObjectNode request, List<Content> said) {
        return Mono.fromRunnable(() -> require(said))
                .then(Mono.defer(() -> written(request, said)));
    }

    private Mono<ObjectNode> written(ObjectNode request, List<Content> said) {
        var words =
                said.stream()
                        .filter(Content.Text.class::isInstance)
                        .map(one -> ((Content.Text) one).body())
                        .toList();
        if (!words.isEmpty()) {
            request.putObject("text").put("content", String.join("\n", words));
        }
        return Flux.fromIterable(said)
                .filter(one -> !(one instanceof Content.Text))
                .concatMap(this::attachment)
                .collectList()
                .map(
                        all -> {
                            if (!all.isEmpty()) {
                                request.putArray("attachments").addAll(all);
                            }
                            return request;
                        });
    }

    private Mono<ObjectNode> attachment(Content content) {
        return switch (content) {
            case Content.Image image -> file("image", CorpMedia.Kind.IMAGE, image.media());
            case Content.Video video -> file("video", CorpMedia.Kind.VIDEO, video.media());
            case Content.File file ->
                    media.place(CorpMedia.Kind.FILE, file.media(), file.name(), false)
                            .map(id -> of("file", object().put("media_id", id)));
            case Content.Link link -> Mono.just(of("link", link(link)));
            case Content.MiniProgram card when card.thumbnail() != null ->
                    media.place(CorpMedia.Kind.IMAGE, card.thumbnail(), null, false)
                            .map(
                                    id ->
                                            of(
                                                    "miniprogram",
                                                    object().put("title", card.title())
                                                            .put("appid", card.appid())
                                                            .put("page", card.path())
                                                            .put("pic_media_id", id)));
            default -> Mono.error(new Refused("neither a welcome nor a send task can carry this"));
        };
    }

    private static ObjectNode link(Content.Link link) {
        var card = object().put("title", link.title()).put("url", link.url());
        if (link.description() != null) {
            card.put("desc", link.description());
        }
        if (link.picture() != null) {
            card.put("picurl", link.picture());
        }
        return card;
    }

    private Mono<ObjectNode> file(String type, CorpMedia.Kind kind, Media file) {
        return media.place(kind, file, null, false)
                .map(id -> of(type, object().put("media_id", id)));
    }

    private static ObjectNode of(String type, ObjectNode fields) {
        var attachment = object().put("msgtype", type);
        attachment.set(type, fields);
        return attachment;
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
