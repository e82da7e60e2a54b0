package io.guanjia.adapters.miniprogram;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.callback.EventFields;
import io.guanjia.weixin.callback.Events;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

/**
 * What happens in a mini program besides messages: somebody enters the conversation ({@code
 * user_enter_tempsession}, with the {@code SessionFrom} that its button carries), answers whether a
 * subscription message may come, or the platform has looked at media ({@code wxa_media_check}). All
 * keep their fields. Source: 微信开放文档, 接收消息和事件.
 */
final class MiniProgramEvents implements Events {

    @Override
    public Content content(String name, XmlFields fields) {
        return EventFields.other(name, fields);
    }

    @Override
    public @Nullable Trigger trigger(String name) {
        return name.equals("user_enter_tempsession") ? Trigger.ENTER : null;
    }
}
