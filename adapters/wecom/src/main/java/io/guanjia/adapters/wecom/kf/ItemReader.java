package io.guanjia.adapters.wecom.kf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.wecom.CallbackFields;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.Event;
import io.guanjia.gateway.message.Inbound;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Media;
import io.guanjia.gateway.message.Trigger;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Translates one entry of a page. Whatever does not have the form we know becomes {@link
 * Content.Unreadable}, never an error: a page has to be taken whole. Source: 企业微信开发者中心, 读取消息
 * (94670).
 */
final class ItemReader {

    /** What a member of the corporation wrote in their own 企业微信. */
    private static final int FROM_SERVICER = 5;

    /** Types that only this platform has: a card of a member, a shop's goods, a forwarded chat… */
    private static final Set<String> NATIVE =
            Set.of(
                    "business_card",
                    "msgmenu",
                    "channels_shop_product",
                    "channels_shop_order",
                    "merged_msg",
                    "channels",
                    "meeting",
                    "schedule",
                    "note",
                    "ca_link");

    private final String account;

    ItemReader(String account) {
        this.account = account;
    }

    Inbound read(JsonNode item, Instant receivedAt) {
        var origin = origin(item, receivedAt);
        var type = text(item, "msgtype").toLowerCase(Locale.ROOT);
        if (type.equals("event")) {
            return EventItems.read(origin, item);
        }
        var content = content(type, item.path(type));
        var said = content == null ? new Content.Unreadable(origin.raw()) : content;
        return item.path("origin").asInt(0) == FROM_SERVICER
                ? origin.message(
                        new Event.AnsweredElsewhere(text(item, "servicer_userid"), said), null)
                : origin.message(said, Trigger.MESSAGE);
    }

    private static @Nullable Content content(String type, JsonNode said) {
        return switch (type) {
            case "text" -> words(said);
            case "image" -> map(media(said), Content.Image::new);
            case "voice" -> voice(said);
            case "video" -> map(media(said), media -> new Content.Video(media, null, null, null));
            case "file" -> map(media(said), media -> new Content.File(media, null, null));
            case "location" -> location(said);
            case "link" -> link(said);
            case "miniprogram" -> miniProgram(said);
            default ->
                    NATIVE.contains(type) && said.isObject()
                            ? new Content.Native(type, fields(said, Set.of()))
                            : null;
        };
    }

    private static @Nullable Content words(JsonNode said) {
        var body = said.path("content").asString("");
        if (body.isBlank()) {
            return null;
        }
        var choice = text(said, "menu_id");
        return choice.isEmpty() ? new Content.Text(body) : new Content.Choice(choice, body);
    }

    /** We ask for AMR. */
    private static @Nullable Content voice(JsonNode said) {
        var id = text(said, "media_id");
        return id.isEmpty()
                ? null
                : new Content.Voice(new Media(null, id, null, "audio/amr", null), null, "amr");
    }

    private static @Nullable Content location(JsonNode said) {
        var latitude = said.path("latitude");
        var longitude = said.path("longitude");
        if (!latitude.isNumber() || !longitude.isNumber()) {
            return null;
        }
        var label =
                Stream.of(text(said, "name"), text(said, "address"))
                        .filter(part -> !part.isEmpty())
                        .distinct()
                        .collect(Collectors.joining(" "));
        return new Content.Location(
                latitude.asDouble(), longitude.asDouble(), label.isEmpty() ? null : label, null);
    }

    private static @Nullable Content link(JsonNode said) {
        var url = text(said, "url");
        return url.isEmpty()
                ? null
                : new Content.Link(
                        text(said, "title"), value(said, "desc"), url, value(said, "pic_url"));
    }

    private static @Nullable Content miniProgram(JsonNode said) {
        var appid = text(said, "appid");
        var thumbnail = value(said, "thumb_media_id");
        return appid.isEmpty()
                ? null
                : new Content.MiniProgram(
                        text(said, "title"),
                        appid,
                        text(said, "pagepath"),
                        thumbnail == null ? null : Media.onPlatform(thumbnail, null));
    }

    private static @Nullable Media media(JsonNode said) {
        var id = value(said, "media_id");
        return id == null ? null : Media.onPlatform(id, null);
    }

    private static <T> @Nullable Content map(@Nullable T value, Function<T, Content> into) {
        return value == null ? null : into.apply(value);
    }

    private Origin origin(JsonNode item, Instant receivedAt) {
        var raw = item.toString();
        var id = text(item, "msgid");
        return new Origin(
                new Address(WecomKfChannel.NAME, account, party(item)),
                id.isEmpty() ? null : id,
                // The id is the platform's own for the whole account.
                id.isEmpty() ? "h:" + hash(raw) : "m:" + id,
                sentAt(item, receivedAt),
                receivedAt,
                raw);
    }

    private static String party(JsonNode item) {
        var outside = text(item, "external_userid");
        if (!outside.isEmpty()) {
            return outside;
        }
        // Events name the customer inside.
        var inside = text(item.path("event"), "external_userid");
        return inside.isEmpty() ? CallbackFields.NOBODY : inside;
    }

    /** {@code send_time} is in seconds. */
    private static Instant sentAt(JsonNode item, Instant receivedAt) {
        try {
            var seconds = item.path("send_time").asLong(0);
            return seconds > 0 ? Instant.ofEpochSecond(seconds) : receivedAt;
        } catch (DateTimeException e) {
            return receivedAt;
        }
    }

    static String text(JsonNode node, String name) {
        var value = node.path(name);
        return value.isValueNode() && !value.isNull() ? value.asString().strip() : "";
    }

    static @Nullable String value(JsonNode node, String name) {
        var text = text(node, name);
        return text.isEmpty() ? null : text;
    }

    /** The fields as plain values, without those and without empty ones. */
    static Map<String, Object> fields(JsonNode node, Set<String> without) {
        var fields = new LinkedHashMap<String, Object>();
        node.properties()
                .forEach(
                        entry -> {
                            var value = entry.getValue();
                            if (!value.isNull() && !without.contains(entry.getKey())) {
                                fields.put(
                                        entry.getKey(),
                                        Objects.requireNonNull(
                                                JsonMapper.shared()
                                                        .treeToValue(value, Object.class)));
                            }
                        });
        return fields;
    }

    private static String hash(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * What is the same for every kind of entry.
     *
     * @param raw the entry as it came
     */
    record Origin(
            Address from,
            @Nullable String msgid,
            String dedupeKey,
            Instant sentAt,
            Instant receivedAt,
            String raw) {

        InboundMessage message(Content content, @Nullable Trigger trigger) {
            return new InboundMessage(
                    from, dedupeKey, msgid, content, trigger, sentAt, receivedAt, raw);
        }

        /** Leaves out who and what: this ends up in logs. */
        @Override
        public String toString() {
            return "Origin[from=" + from + "]";
        }
    }
}
