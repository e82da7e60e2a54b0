package io.guanjia.adapters.wecom.contact;

import static io.guanjia.adapters.wecom.CallbackFields.value;

import io.guanjia.adapters.wecom.CallbackFields;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What members do in an application, and what happens to customers and groups, which stays an event
 * with all its fields. Source: 企业微信开发者中心, 接收事件 (90240), 客户联系 事件格式 (92130).
 */
final class AppEvents {

    static final String WELCOME_CODE = "WelcomeCode";

    private AppEvents() {}

    /**
     * @param name in lower case
     */
    static Content content(String name, XmlFields xml) {
        return switch (name) {
            case "subscribe" -> new Event.Followed(value(xml, "EventKey"), null);
            case "unsubscribe" -> new Event.Unfollowed();
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
            default ->
                    value(xml, WELCOME_CODE) == null
                            ? new Event.Other(name, CallbackFields.all(xml))
                            : new Event.Introduced(name, CallbackFields.all(xml));
        };
    }

    static @Nullable Trigger trigger(String name, XmlFields xml) {
        return switch (name) {
            case "subscribe" -> Trigger.FOLLOW;
            case "enter_agent" -> Trigger.ENTER;
            case "click", "scancode_push", "scancode_waitmsg" -> Trigger.MENU;
            // Somebody has become our customer, and we may welcome them.
            default -> value(xml, WELCOME_CODE) == null ? null : Trigger.FOLLOW;
        };
    }

    private static Content location(XmlFields xml) {
        try {
            var precision = value(xml, "Precision");
            return new Event.LocationReported(
                    Double.parseDouble(xml.text("Latitude").strip()),
                    Double.parseDouble(xml.text("Longitude").strip()),
                    precision == null ? 0 : Double.parseDouble(precision));
        } catch (NumberFormatException e) {
            return new Event.Other("location", CallbackFields.all(xml));
        }
    }

    private static Map<String, Object> extra(XmlFields xml) {
        var extra = new LinkedHashMap<>(CallbackFields.all(xml));
        extra.remove("EventKey");
        return extra;
    }
}
