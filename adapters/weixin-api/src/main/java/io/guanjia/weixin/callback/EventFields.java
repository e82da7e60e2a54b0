package io.guanjia.weixin.callback;

import io.guanjia.gateway.message.Event;
import io.guanjia.weixin.protocol.XmlFields;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a callback as the gateway keeps them. */
public final class EventFields {

    private static final Set<String> ENVELOPE =
            Set.of("ToUserName", "FromUserName", "CreateTime", "MsgType", "Event");

    private EventFields() {}

    /** An event with all its fields. */
    public static Event other(String name, XmlFields fields) {
        return new Event.Other(name, all(fields));
    }

    /**
     * What an event has of its own, as a map: groups become maps, and what occurs more than once a
     * list.
     */
    public static Map<String, Object> all(XmlFields fields) {
        return map(fields, ENVELOPE);
    }

    /** A field's text, null where there is none. */
    public static @Nullable String value(XmlFields fields, String name) {
        var text = fields.text(name);
        return text.isBlank() ? null : text;
    }

    private static Map<String, Object> map(XmlFields fields, Set<String> without) {
        var lists = new LinkedHashMap<String, List<Object>>();
        for (var child : fields.children()) {
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
