package io.guanjia.adapters.wechat;

import static io.guanjia.weixin.callback.EventFields.value;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.callback.EventFields;
import io.guanjia.weixin.callback.Events;
import io.guanjia.weixin.callback.Numbers;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** What followers do. Source: 微信开放文档, 接收事件推送 and 自定义菜单事件推送. */
final class OfficialAccountEvents implements Events {

    private static final String SCENE = "qrscene_";

    @Override
    public Content content(String name, XmlFields xml) {
        return switch (name) {
            case "subscribe" -> new Event.Followed(scene(xml), value(xml, "Ticket"));
            case "unsubscribe" -> new Event.Unfollowed();
            case "scan" -> new Event.Scanned(xml.text("EventKey"), value(xml, "Ticket"));
            case "location" -> location(xml);
            case "click",
                    "view",
                    "view_miniprogram",
                    "scancode_push",
                    "scancode_waitmsg",
                    "pic_sysphoto",
                    "pic_photo_or_album",
                    "pic_weixin",
                    "location_select" ->
                    new Event.MenuTapped(name, xml.text("EventKey"), extra(xml));
            default -> EventFields.other(name, xml);
        };
    }

    /**
     * Of the menu's events only these three open a window; a tap that merely opens a page does not.
     * Source: 微信开放文档, 客服消息.
     */
    @Override
    public @Nullable Trigger trigger(String name) {
        return switch (name) {
            case "subscribe" -> Trigger.FOLLOW;
            case "scan" -> Trigger.SCAN;
            case "click", "scancode_push", "scancode_waitmsg" -> Trigger.MENU;
            default -> null;
        };
    }

    private static @Nullable String scene(XmlFields xml) {
        var key = xml.text("EventKey");
        return key.startsWith(SCENE) ? key.substring(SCENE.length()) : null;
    }

    private static Content location(XmlFields xml) {
        var latitude = Numbers.decimal(xml.text("Latitude"));
        var longitude = Numbers.decimal(xml.text("Longitude"));
        var precision = Numbers.decimal(xml.text("Precision"));
        if (latitude == null || longitude == null) {
            return EventFields.other("location", xml);
        }
        return new Event.LocationReported(latitude, longitude, precision == null ? 0 : precision);
    }

    private static Map<String, Object> extra(XmlFields xml) {
        var extra = EventFields.all(xml);
        extra.remove("EventKey");
        return extra;
    }
}
