package io.guanjia.adapters.wechat;

import io.guanjia.gateway.channel.DeliveryException.Refused;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Media;
import io.guanjia.weixin.api.Words;

import me.chanjar.weixin.mp.bean.kefu.WxMpKefuMessage;
import me.chanjar.weixin.mp.bean.kefu.WxMpKefuMessage.MsgMenu;
import me.chanjar.weixin.mp.bean.kefu.WxMpKefuMessage.WxArticle;
import me.chanjar.weixin.mp.builder.kefu.BaseBuilder;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/**
 * Writes 客服消息. WxJava knows the shape of those the gateway models; {@link Content.Native} brings
 * its own. Source: 微信开放文档, 发送客服消息.
 */
final class CustomerServiceMessage {

    private final JsonMapper json;
    private final @Nullable String kfAccount;

    CustomerServiceMessage(JsonMapper json, @Nullable String kfAccount) {
        this.json = json;
        this.kfAccount = kfAccount;
    }

    /**
     * The JSON text that says {@code content}, whose media the platform must already have. Fails
     * with {@link Refused} for what no customer service message can say.
     */
    String write(String openid, Content content) {
        return switch (content) {
            case Content.Text text ->
                    finish(openid, WxMpKefuMessage.TEXT().content(Words.sendable(text.body())));
            case Content.Image image ->
                    finish(openid, WxMpKefuMessage.IMAGE().mediaId(mediaId(image.media())));
            case Content.Voice voice ->
                    finish(openid, WxMpKefuMessage.VOICE().mediaId(mediaId(voice.media())));
            case Content.Video video ->
                    finish(
                            openid,
                            WxMpKefuMessage.VIDEO()
                                    .mediaId(mediaId(video.media()))
                                    .thumbMediaId(thumbnail(video.thumbnail()))
                                    .title(Words.sendableOrNull(video.title()))
                                    .description(Words.sendableOrNull(video.description())));
            case Content.Link link ->
                    finish(openid, WxMpKefuMessage.NEWS().articles(List.of(article(link))));
            case Content.MiniProgram program ->
                    finish(
                            openid,
                            WxMpKefuMessage.MINIPROGRAMPAGE()
                                    .title(Words.sendable(program.title()))
                                    .appId(program.appid())
                                    .pagePath(program.path())
                                    .thumbMediaId(thumbnail(program.thumbnail())));
            case Content.Suggestions suggestions ->
                    finish(
                            openid,
                            WxMpKefuMessage.MSGMENU()
                                    .headContent(Words.sendable(suggestions.text()))
                                    .msgMenus(menu(suggestions.options()))
                                    .tailContent(Words.sendableOrNull(suggestions.tail())));
            case Content.Native special -> special(openid, special);
            case Content.Template _ ->
                    throw new IllegalArgumentException("templates go out by another API");
            case Content.File _ -> throw new Refused("an official account cannot send files");
            case Content.Location _ -> throw new Refused("an official account cannot send places");
            case Content.Choice _, Content.Unreadable _, Event _ ->
                    throw new Refused("only a customer can say this");
        };
    }

    private String finish(String openid, BaseBuilder<?> builder) {
        var message = builder.build();
        message.setToUser(openid);
        message.setKfAccount(kfAccount);
        return message.toJson();
    }

    /** 音乐, 图文, 卡券 and whatever comes next: the caller knows the fields. */
    private String special(String openid, Content.Native content) {
        if (content.kind().equals(Passive.TRANSFER)) {
            throw new Refused("a transfer can only be a passive reply");
        }
        var message = json.createObjectNode().put("touser", openid).put("msgtype", content.kind());
        message.set(content.kind(), json.valueToTree(Words.sendableAll(content.payload())));
        if (kfAccount != null) {
            message.putObject("customservice").put("kf_account", kfAccount);
        }
        return message.toString();
    }

    private static WxArticle article(Content.Link link) {
        return new WxArticle(
                Words.sendable(link.title()),
                Words.sendableOrNull(link.description()),
                link.url(),
                link.picture());
    }

    private static List<MsgMenu> menu(List<Content.Option> options) {
        return options.stream()
                .map(option -> new MsgMenu(option.id(), Words.sendable(option.label())))
                .toList();
    }

    private static String mediaId(Media media) {
        var id = media.platformId();
        if (id == null) {
            throw new Refused("the file is not on the platform and not in our storage");
        }
        return id;
    }

    private static @Nullable String thumbnail(@Nullable Media thumbnail) {
        return thumbnail == null ? null : thumbnail.platformId();
    }
}
