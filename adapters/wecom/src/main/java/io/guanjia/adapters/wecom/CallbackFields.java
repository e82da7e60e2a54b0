package io.guanjia.adapters.wecom;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guanjia.adapters.wecom.CorpCallbacks.Opened;
import io.guanjia.gateway.channel.Callback;
import io.guanjia.gateway.message.Address;
import io.guanjia.gateway.message.Content;
import io.guanjia.gateway.message.InboundMessage;
import io.guanjia.gateway.message.Trigger;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The fields of a callback as the gateway keeps them. */
public final class CallbackFields {

    /** Whom a callback is attributed to that names nobody. */
    public static final String NOBODY = "unknown";

    private static final Set<String> ENVELOPE =
            Set.of(
                    "ToUserName",
                    "FromUserName",
                    "CreateTime",
                    "MsgType",
                    "Event",
                    "InfoType",
                    "TimeStamp");

    private CallbackFields() {}

    /** Something without an id: its key is who it is from and all its fields. */
    public static InboundMessage event(
            Callback callback,
            Opened opened,
            String party,
            Content content,
            @Nullable Trigger trigger) {
        var key = UUID.nameUUIDFromBytes(opened.xml().canonical().getBytes(UTF_8));
        return new InboundMessage(
                new Address(callback.channel(), callback.account(), party),
                "e:" + party + ":" + key,
                null,
                content,
                trigger,
                sentAt(callback, opened.xml()),
                callback.receivedAt(),
                opened.raw());
    }

    /**
     * What a callback has of its own, as a map: groups become maps, and what occurs more than once
     * a list.
     */
    public static Map<String, Object> all(XmlFields xml) {
        return map(xml, ENVELOPE);
    }

    /** A field's text, null where there is none. */
    public static @Nullable String value(XmlFields xml, String name) {
        var text = xml.text(name).strip();
        return text.isEmpty() ? null : text;
    }

    /** {@code CreateTime}, in a third party's form {@code TimeStamp}, else when we received it. */
    public static Instant sentAt(Callback callback, XmlFields xml) {
        var time = xml.text("CreateTime").strip();
        try {
            return Instant.ofEpochSecond(
                    Long.parseLong(time.isEmpty() ? xml.text("TimeStamp").strip() : time));
        } catch (NumberFormatException | DateTimeException e) {
            return callback.receivedAt();
        }
    }

    private static Map<String, Object> map(XmlFields xml, Set<String> without) {
        var lists = new LinkedHashMap<String, List<Object>>();
        for (var child : xml.children()) {
            if (!without.contains(child.name())) {
                lists.computeIfAbsent(child.name(), name -> new ArrayList<>()).add(plain(child));
            }
        }
        var flat = new LinkedHashMap<String, Object>();
        lists.forEach(
                (name, values) -> flat.put(name, values.size() == 1 ? values.getFirst() : values));
        return flat;
    }

    private static Object plain(XmlFields field) {
        return field.children().isEmpty() ? field.value() : map(field, Set.of());
    }
}
