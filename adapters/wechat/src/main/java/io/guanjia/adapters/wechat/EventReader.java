package io.guanjia.adapters.wechat;

import static io.guanjia.adapters.wechat.MessageReader.value;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Translates what a customer does, and what the platform says by itself. Event names are compared
 * without case: the platform's own pages and its practice differ. Source: 微信开放文档, 接收事件推送 and
 * 自定义菜单事件推送.
 */
final class EventReader {

    private static final String SCENE = "qrscene_";

    private static final Set<String> ENVELOPE =
            Set.of("ToUserName", "FromUserName", "CreateTime", "MsgType", "Event");

    private EventReader() {}

    static List<Inbound> read(Origin origin, XmlFields xml) {
        var name = xml.text("Event").strip().toLowerCase(Locale.ROOT);
        var receipts = ReceiptReader.read(name, origin, xml);
        if (!receipts.isEmpty()) {
            return receipts;
        }
        return List.of(
                new InboundMessage(
                        origin.from(),
                        origin.eventKey(xml),
                        null,
                        content(name, origin, xml),
                        trigger(name),
                        origin.sentAt(),
                        origin.receivedAt(),
                        origin.raw()));
    }

    private static Content content(String name, Origin origin, XmlFields xml) {
        return switch (name) {
            case "" -> new Content.Unreadable(origin.raw());
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
            default -> new Event.Other(name, fields(xml, ENVELOPE));
        };
    }

    /**
     * Which window an event opens. Of the menu's, only these three count; a tap that merely opens a
     * page does not. Source: 微信开放文档, 客服消息.
     */
    private static @Nullable Trigger trigger(String name) {
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
            return new Event.Other("location", fields(xml, ENVELOPE));
        }
        return new Event.LocationReported(latitude, longitude, precision == null ? 0 : precision);
    }

    private static Map<String, Object> extra(XmlFields xml) {
        var extra = fields(xml, ENVELOPE);
        extra.remove("EventKey");
        return extra;
    }

    /** The children as a map: groups become maps, and what occurs more than once a list. */
    private static Map<String, Object> fields(XmlFields xml, Set<String> without) {
        var fields = new LinkedHashMap<String, List<Object>>();
        for (var child : xml.children()) {
            if (!without.contains(child.name())) {
                fields.computeIfAbsent(child.name(), name -> new ArrayList<>()).add(plain(child));
            }
        }
        var flat = new LinkedHashMap<String, Object>();
        fields.forEach(
                (name, values) -> flat.put(name, values.size() == 1 ? values.getFirst() : values));
        return flat;
    }

    private static Object plain(XmlFields field) {
        return field.children().isEmpty() ? field.value() : fields(field, Set.of());
    }
}
