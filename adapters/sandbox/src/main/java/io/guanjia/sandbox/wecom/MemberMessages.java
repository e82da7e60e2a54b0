package io.guanjia.sandbox.wecom;

import io.guanjia.sandbox.phone.PhoneLine;
import io.guanjia.weixin.protocol.XmlWriter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * What one member says to the application and does in it: the callbacks of which the member is the
 * sender. Used under the account's lock. Source: 企业微信开发者中心, 接收普通消息 (90239).
 */
final class MemberMessages {

    private final WecomAccount account;
    private final String userId;
    private final Screen screen;

    MemberMessages(WecomAccount account, String userId, Screen screen) {
        this.account = account;
        this.userId = userId;
        this.screen = screen;
    }

    /**
     * Shows it on the member's phone and reports it.
     *
     * @throws IllegalArgumentException when it cannot be done
     */
    CompletionStage<String> send(String gesture, Map<String, String> details) {
        return switch (gesture) {
            case "text" -> {
                var words = details.getOrDefault("text", "").strip();
                if (words.isEmpty()) {
                    throw new IllegalArgumentException("text is missing");
                }
                screen.says(true, words, "发给应用");
                yield says("text", xml -> xml.cdata("Content", words));
            }
            case "image" -> file("image", Shots.picture(), "image/png", "photo.png");
            case "voice" -> file("voice", Shots.voice(), "audio/amr", "voice.amr");
            case "location" -> {
                screen.tells(true, "发送了位置");
                yield says(
                        "location",
                        xml ->
                                xml.plain("Location_X", "31.230416")
                                        .plain("Location_Y", "121.473701")
                                        .plain("Scale", 15)
                                        .cdata("Label", "上海市黄浦区人民广场"));
            }
            case "enter" -> {
                screen.tells(true, "进入应用");
                yield event("enter_agent", "");
            }
            case "menu" -> {
                var key = details.getOrDefault("key", "menu-1");
                screen.tells(true, "点击菜单 " + key);
                yield event("click", key);
            }
            default -> throw new IllegalArgumentException("no gesture " + gesture);
        };
    }

    private CompletionStage<String> file(String type, byte[] bytes, String mimeType, String file) {
        var kept = account.media().keep(type, mimeType, file, bytes);
        screen.show(
                new PhoneLine(
                        account.now(), true, type, "", account.fileAddress(kept), List.of(), null));
        return says(
                type,
                xml ->
                        type.equals("image")
                                ? xml.cdata("PicUrl", account.fileAddress(kept))
                                        .cdata("MediaId", kept.id())
                                : xml.cdata("MediaId", kept.id()).cdata("Format", "amr"));
    }

    private CompletionStage<String> says(String type, UnaryOperator<XmlWriter> fields) {
        return account.report(
                fields.apply(from(type))
                        .plain("MsgId", account.newMessageId())
                        .plain("AgentID", account.settings().endpoint().agentId())
                        .toXml());
    }

    private CompletionStage<String> event(String event, String key) {
        return account.report(
                from("event")
                        .cdata("Event", event)
                        .cdata("EventKey", key)
                        .plain("AgentID", account.settings().endpoint().agentId())
                        .toXml());
    }

    private XmlWriter from(String type) {
        return new XmlWriter()
                .cdata("ToUserName", account.settings().corpId())
                .cdata("FromUserName", userId)
                .plain("CreateTime", account.now().getEpochSecond())
                .cdata("MsgType", type);
    }
}
