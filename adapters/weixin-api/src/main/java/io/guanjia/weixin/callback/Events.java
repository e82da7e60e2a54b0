package io.guanjia.weixin.callback;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

/** What a customer of one product can do besides writing. Names come in lower case. */
public interface Events {

    /** What an event says. {@link EventFields#other} is what nobody has heard of. */
    Content content(String name, XmlFields fields);

    /** Which reply window an event opens; null for none. */
    @Nullable Trigger trigger(String name);
}
