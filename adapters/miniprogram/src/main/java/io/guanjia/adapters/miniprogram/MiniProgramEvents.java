package io.guanjia.adapters.miniprogram;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
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

    private static final String ENTER = "user_enter_tempsession";

    /** Who enters may be greeted, for a minute. */
    @Override
    public Content content(String name, XmlFields fields) {
        return name.equals(ENTER)
                ? new Event.Entered(name, EventFields.all(fields))
                : EventFields.other(name, fields);
    }

    @Override
    public @Nullable Trigger trigger(String name) {
        return name.equals(ENTER) ? Trigger.ENTER : null;
    }
}
