package io.guanjia.adapters.wechat;

import io.guanjia.gateway.message.Content;
import io.guanjia.weixin.api.Words;

import me.chanjar.weixin.mp.bean.subscribe.WxMpSubscribeMessage;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateData;
import me.chanjar.weixin.mp.bean.template.WxMpTemplateMessage;

import java.util.HashMap;
import java.util.Map;

/** Writes 模板消息 and 订阅通知. Source: 微信开放文档, 发送模板消息 and 发送订阅通知. */
final class TemplateMessage {

    /** The platform drops a second message with the same client_msg_id for ten minutes. */
    private static final int CLIENT_MSG_ID = 32;

    private TemplateMessage() {}

    static String notification(String openid, String deliveryId, Content.Template template) {
        var message =
                WxMpTemplateMessage.builder()
                        .toUser(openid)
                        .templateId(template.templateId())
                        .url(template.url())
                        .clientMsgId(clientMsgId(deliveryId))
                        .build();
        var target = template.miniProgram();
        if (target != null) {
            message.setMiniProgram(
                    new WxMpTemplateMessage.MiniProgram(target.appid(), target.path(), false));
        }
        template.data()
                .forEach(
                        (key, value) ->
                                message.addData(new WxMpTemplateData(key, Words.sendable(value))));
        return message.toJson();
    }

    static String subscription(String openid, Content.Template template) {
        Map<String, String> data = new HashMap<>();
        template.data().forEach((key, value) -> data.put(key, Words.sendable(value)));
        var message =
                WxMpSubscribeMessage.builder()
                        .toUser(openid)
                        .templateId(template.templateId())
                        .page(template.url())
                        .dataMap(data)
                        .build();
        var target = template.miniProgram();
        if (target != null) {
            message.setMiniProgram(
                    new WxMpSubscribeMessage.MiniProgram(target.appid(), target.path(), false));
        }
        return message.toJson();
    }

    private static String clientMsgId(String deliveryId) {
        var id = deliveryId.replace("-", "");
        return id.length() <= CLIENT_MSG_ID ? id : id.substring(id.length() - CLIENT_MSG_ID);
    }
}
