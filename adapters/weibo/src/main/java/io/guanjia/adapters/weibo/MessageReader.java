package io.guanjia.adapters.weibo;

import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Translates what a customer says and does. Whatever does not have the form we know becomes {@link
 * Content.Unreadable} or {@link Event.Other}, never an error: a person can still read it. Source:
 * 微博开放平台, 接收普通消息 and 接收事件推送.
 */
final class MessageReader {

    private static final String EVENT = "event";
    private static final String MENTION = "mention";

    private final JsonMapper json;
    private final JsonMapper sorted;

    MessageReader(JsonMapper json) {
        this.json = json;
        this.sorted = json.rebuild().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    }

    InboundMessage read(Origin origin, JsonNode message) {
        var type = lower(message, "type");
        var understood =
                switch (type) {
                    case EVENT -> event(origin, message);
                    case MENTION -> mention(origin, message);
                    default -> said(type, origin, message);
                };
        return new InboundMessage(
                origin.from(),
                origin.key(type, canonical(message)),
                understood.id,
                understood.content,
                understood.trigger,
                origin.sentAt(),
                origin.receivedAt(),
                origin.raw());
    }

    /**
     * What it is, and what follows from it.
     *
     * @param id of the post that named us; messages have none
     */
    private record Understood(Content content, @Nullable Trigger trigger, @Nullable String id) {

        static Understood of(Content content, @Nullable Trigger trigger) {
            return new Understood(content, trigger, null);
        }
    }

    private static Understood said(String type, Origin origin, JsonNode message) {
        var data = message.path("data");
        var content =
                switch (type) {
                    case "text" -> text(message);
                    case "image" -> image(data);
                    case "voice" -> voice(data);
                    case "position" -> position(message, data);
                    default -> null;
                };
        return Understood.of(
                content == null ? new Content.Unreadable(origin.raw()) : content, Trigger.MESSAGE);
    }

    private static @Nullable Content text(JsonNode message) {
        var body = message.path("text").asString("");
        return body.isBlank() ? null : new Content.Text(body);
    }

    private static @Nullable Content image(JsonNode data) {
        var file = file(data);
        return file == null ? null : new Content.Image(file);
    }

    private static @Nullable Content voice(JsonNode data) {
        var file = file(data);
        return file == null ? null : new Content.Voice(file, null, null);
    }

    /** {@code vfid} is the sender's copy, {@code tovfid} ours. */
    private static @Nullable Media file(JsonNode data) {
        var id = value(data, "tovfid");
        return id == null ? null : Media.onPlatform(id, null);
    }

    private static @Nullable Content position(JsonNode message, JsonNode data) {
        var latitude = decimal(data, "latitude");
        var longitude = decimal(data, "longitude");
        return latitude == null || longitude == null
                ? null
                : new Content.Location(latitude, longitude, value(message, "text"), null);
    }

    /**
     * A public post or comment that names us. Its words are the customer's own, so they are read
     * like any; {@code data.key} says where they stand.
     */
    private Understood mention(Origin origin, JsonNode message) {
        var data = message.path("data");
        return switch (lower(data, "subtype")) {
            case "status", "comment" ->
                    new Understood(
                            value(message, "text") == null
                                    ? other(MENTION, message)
                                    : new Content.Text(message.path("text").asString()),
                            Trigger.MENTION,
                            value(data, "key"));
            case "" -> Understood.of(new Content.Unreadable(origin.raw()), null);
            default -> Understood.of(other(MENTION, message), null);
        };
    }

    /**
     * A tap that merely opens a page is not said to count as 点击自定义菜单, so it opens no window.
     * Subscribing does, as following does, but it is not following.
     */
    private Understood event(Origin origin, JsonNode message) {
        var data = message.path("data");
        var name = lower(data, "subtype");
        return switch (name) {
            case "" -> Understood.of(new Content.Unreadable(origin.raw()), null);
            case "follow" -> Understood.of(new Event.Followed(null, null), Trigger.FOLLOW);
            case "unfollow" -> Understood.of(new Event.Unfollowed(), null);
            case "subscribe" -> Understood.of(other(name, message), Trigger.FOLLOW);
            case "scan_follow" ->
                    Understood.of(
                            new Event.Followed(value(data, "key"), value(data, "ticket")),
                            Trigger.FOLLOW);
            case "scan" ->
                    Understood.of(
                            new Event.Scanned(data.path("key").asString(""), value(data, "ticket")),
                            Trigger.SCAN);
            case "click" -> Understood.of(tapped(name, data), Trigger.MENU);
            case "view" -> Understood.of(tapped(name, data), null);
            default -> Understood.of(other(name, message), null);
        };
    }

    private Content tapped(String name, JsonNode data) {
        var extra = fields(data);
        extra.remove("subtype");
        extra.remove("key");
        return new Event.MenuTapped(name, data.path("key").asString(""), extra);
    }

    /** By the platform's name, with all it says; the words of a subscription are the keyword. */
    private Content other(String name, JsonNode message) {
        var fields = fields(message.path("data"));
        var text = value(message, "text");
        if (text != null) {
            fields.putIfAbsent("text", text);
        }
        return new Event.Other(name, fields);
    }

    private Map<String, Object> fields(JsonNode data) {
        var fields = new LinkedHashMap<String, Object>();
        for (var field : data.properties()) {
            if (!field.getValue().isNull()) {
                fields.put(field.getKey(), json.treeToValue(field.getValue(), Object.class));
            }
        }
        return fields;
    }

    /** The same for the same fields, in whatever order they came. */
    private String canonical(JsonNode message) {
        return sorted.writeValueAsString(sorted.treeToValue(message, Object.class));
    }

    private static String lower(JsonNode node, String field) {
        return node.path(field).asString("").strip().toLowerCase(Locale.ROOT);
    }

    /** A field's text, null where there is none. */
    private static @Nullable String value(JsonNode node, String field) {
        var text = node.path(field).asString("");
        return text.isBlank() ? null : text;
    }

    /** Numbers come as text; null for anything else. */
    private static @Nullable Double decimal(JsonNode node, String field) {
        try {
            var number = Double.parseDouble(node.path(field).asString("").strip());
            return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
