package io.guanjia.adapters.miniprogram;

import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Media;
import io.guanjia.weixin.api.Words;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes 客服消息 and 订阅消息 of one mini program. Source: 微信开放文档, 发送客服消息 and 发送订阅消息.
 *
 * @param appId its own, the only one that its cards can open
 */
record MiniProgramMessage(JsonMapper json, String appId, MiniProgramAccount.State state) {

    /** Why this cannot be said at all; null when it can. */
    @Nullable String refusal(Content content) {
        return switch (content) {
            case Content.Text _, Content.Image _, Content.Link _ -> null;
            case Content.MiniProgram card ->
                    card.appid().equals(appId) ? null : "a card opens this mini program only";
            case Content.Template template ->
                    template.kind() == Content.Template.Kind.SUBSCRIPTION
                            ? null
                            : "a mini program has subscription messages only";
            case Content.Voice _, Content.Video _, Content.File _ ->
                    "a mini program can send no files but pictures";
            case Content.Location _ -> "a mini program cannot send places";
            case Content.Suggestions _ -> "a mini program has no menus";
            case Content.Native _ -> "a mini program has nothing of this kind";
            case Content.Choice _, Content.Unreadable _, Event _ -> "only a customer can say this";
        };
    }

    /**
     * The JSON text of a 客服消息 that says {@code content}, for which there is no {@link #refusal} and
     * whose media the platform has. Fails with {@link Refused}.
     */
    String service(String openid, Content content) {
        return switch (content) {
            case Content.Text text ->
                    message(openid, "text").with("content", Words.sendable(text.body())).toString();
            case Content.Image image ->
                    message(openid, "image").with("media_id", mediaId(image.media())).toString();
            case Content.Link link ->
                    message(openid, "link")
                            .with("title", Words.sendable(link.title()))
                            .with("description", Words.sendableOrNull(link.description()))
                            .with("url", link.url())
                            .with("thumb_url", link.picture())
                            .toString();
            case Content.MiniProgram card ->
                    message(openid, "miniprogrampage")
                            .with("title", Words.sendable(card.title()))
                            .with("pagepath", card.path())
                            .with("thumb_media_id", mediaId(card.thumbnail()))
                            .toString();
            case Content.Template _,
                    Content.Voice _,
                    Content.Video _,
                    Content.File _,
                    Content.Location _,
                    Content.Suggestions _,
                    Content.Native _,
                    Content.Choice _,
                    Content.Unreadable _,
                    Event _ ->
                    throw new IllegalArgumentException("no service message says this");
        };
    }

    /** The JSON text of a 订阅消息. */
    String subscription(String openid, Content.Template template) {
        var target = template.miniProgram();
        var message = json.createObjectNode().put("touser", openid);
        var fields =
                new Fields(message, message)
                        .with("template_id", template.templateId())
                        .with("page", target == null ? template.url() : target.path())
                        .with("miniprogram_state", state.word())
                        .with("lang", "zh_CN");
        var data = message.putObject("data");
        template.data()
                .forEach((key, value) -> data.putObject(key).put("value", Words.sendable(value)));
        return fields.toString();
    }

    private Fields message(String openid, String type) {
        var message = json.createObjectNode().put("touser", openid).put("msgtype", type);
        return new Fields(message, message.putObject(type));
    }

    /** A message whose content is being filled in. */
    private record Fields(ObjectNode message, ObjectNode content) {

        Fields with(String name, @Nullable String value) {
            if (value != null) {
                content.put(name, value);
            }
            return this;
        }

        @Override
        public String toString() {
            return message.toString();
        }
    }

    private static String mediaId(@Nullable Media media) {
        var id = media == null ? null : media.platformId();
        if (id == null) {
            throw new Refused("the file is not on the platform and not in our storage");
        }
        return id;
    }
}
