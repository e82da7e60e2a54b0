package io.guanjia.adapters.wecom.kf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.wecom.CorpMedia;
import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.channel.PlainPicture;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Media;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Clock;
import java.util.List;

/**
 * Writes what is sent, after its files have been brought to the platform. Source: 企业微信开发者中心, 发送消息
 * (94677).
 */
final class KfMessage {

    private static final int MAX_OPTIONS = 10;
    private static final int MAX_OPTION_ID = 64;
    private static final int MAX_OPTION_LABEL = 128;
    private static final int MAX_MENU_WORDS = 1024;

    private final CorpMedia media;
    private final PlainPicture picture;

    KfMessage(CorpMedia media, Clock clock) {
        this.media = media;
        this.picture = new PlainPicture(KfMessage.class, "card.png", "image/png", clock);
    }

    /** A message but for whom it goes to: its {@code msgtype}, and that type's fields. */
    record Said(String type, ObjectNode fields) {}

    /** Whether the platform has room for it. */
    static boolean fits(Content content) {
        return !(content instanceof Content.Suggestions menu)
                || (menu.options().size() <= MAX_OPTIONS
                        && bytes(menu.text()) <= MAX_MENU_WORDS
                        && bytes(menu.tail()) <= MAX_MENU_WORDS
                        && menu.options().stream().allMatch(KfMessage::fits));
    }

    /** Whether it can follow an event, where the platform takes words and menus, one for a code. */
    static boolean greets(Content content) {
        return switch (content) {
            case Content.Text text -> bytes(text.body()) <= WecomKfAccount.MAX_TEXT_BYTES;
            case Content.Suggestions menu -> fits(menu);
            default -> false;
        };
    }

    private static boolean fits(Content.Option option) {
        return bytes(option.id()) <= MAX_OPTION_ID && bytes(option.label()) <= MAX_OPTION_LABEL;
    }

    private static int bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(UTF_8).length;
    }

    /**
     * Emits what says {@code content}. Fails with {@link Refused} for what no such message can say.
     *
     * @param afresh whether files that we hold are uploaded once more
     */
    Mono<Said> of(Content content, boolean afresh) {
        return switch (content) {
            case Content.Text text -> said("text", object().put("content", text.body()));
            case Content.Image image -> file("image", CorpMedia.Kind.IMAGE, image.media(), afresh);
            case Content.Voice voice -> file("voice", CorpMedia.Kind.VOICE, voice.media(), afresh);
            case Content.Video video -> file("video", CorpMedia.Kind.VIDEO, video.media(), afresh);
            case Content.File file ->
                    media.place(CorpMedia.Kind.FILE, file.media(), file.name(), afresh)
                            .map(id -> new Said("file", object().put("media_id", id)));
            case Content.Location place -> said("location", location(place));
            case Content.Link link -> picture(afresh).map(id -> new Said("link", link(link, id)));
            case Content.MiniProgram card ->
                    thumbnail(card.thumbnail(), afresh)
                            .map(id -> new Said("miniprogram", miniProgram(card, id)));
            case Content.Suggestions menu -> said("msgmenu", menu(menu));
            case Content.Native special ->
                    said(special.kind(), JsonMapper.shared().valueToTree(special.payload()));
            case Content.Template _ -> refused("there are no templates");
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

    /** The platform wants one on every card. */
    private Mono<String> picture(boolean afresh) {
        return picture.place(opening -> media.place(CorpMedia.Kind.IMAGE, opening), afresh);
    }

    private Mono<String> thumbnail(@Nullable Media thumbnail, boolean afresh) {
        return thumbnail == null
                ? picture(afresh)
                : media.place(CorpMedia.Kind.IMAGE, thumbnail, null, afresh);
    }

    private static ObjectNode location(Content.Location place) {
        var label = place.label() == null ? "" : place.label();
        return object().put("name", label)
                .put("address", label)
                .put("latitude", place.latitude())
                .put("longitude", place.longitude());
    }

    private static ObjectNode link(Content.Link link, String pictureId) {
        var fields = object().put("title", link.title());
        if (link.description() != null) {
            fields.put("desc", link.description());
        }
        return fields.put("url", link.url()).put("thumb_media_id", pictureId);
    }

    private static ObjectNode miniProgram(Content.MiniProgram card, String pictureId) {
        return object().put("appid", card.appid())
                .put("title", card.title())
                .put("pagepath", card.path())
                .put("thumb_media_id", pictureId);
    }

    private static ObjectNode menu(Content.Suggestions menu) {
        var fields = object().put("head_content", menu.text());
        var list = fields.putArray("list");
        List<Content.Option> options = menu.options();
        for (var option : options) {
            list.addObject()
                    .put("type", "click")
                    .putObject("click")
                    .put("id", option.id())
                    .put("content", option.label());
        }
        if (menu.tail() != null) {
            fields.put("tail_content", menu.tail());
        }
        return fields;
    }

    private static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
